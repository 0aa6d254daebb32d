"""The same form for someone whose browser runs no script, on a telephone."""

from tests.journeys import filing
from tests.journeys.looking import NARROW


def test_the_same_form_without_javascript(person, tmp_path):
    treasurer = person("tresoriere", javascript=False, width=NARROW)

    filing.begin(treasurer, "Lectures au pied des arbres")
    treasurer.follow("Continuer")
    filing.tell_the_project(treasurer)
    filing.tell_who_it_is_for(treasurer)
    filing.tell_when(treasurer)
    filing.write_the_budget(treasurer)
    filing.attach_the_papers(treasurer, tmp_path)
    filing.attest(treasurer)
    treasurer.press("Signer et déposer")

    assert filing.number_on_the_receipt(treasurer)

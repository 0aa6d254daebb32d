"""The figures of the contract come from its parameters, at their date: never from the code."""

import re
from datetime import date
from pathlib import Path

import pytest

from faubourg.applications.queries import figures_of, problems_of
from faubourg.applications.rules import Figures
from tests.factories import ParameterFactory, complete_application

CODES = ("cpo.duree", "hors_qpv.duree_max", "hors_qpv.relais_dc")


@pytest.fixture
def draft(cast):
    return complete_application(applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope)


def fix(contract, code, value, **fields):
    ParameterFactory(contract=contract, code=code, value=value, **fields)


def test_a_dossier_obeys_the_figures_in_force_the_day_its_call_opened(cast, draft):
    opened = cast.call.opens_on
    fix(cast.contract, "cpo.duree", 3, to_on=date(2026, 11, 1))
    fix(cast.contract, "cpo.duree", 4, from_on=opened)
    fix(cast.contract, "cpo.duree", 5, from_on=date(2026, 11, 3))
    fix(cast.contract, "hors_qpv.duree_max", 12)
    fix(cast.contract, "hors_qpv.relais_dc", None)

    assert figures_of(draft) == Figures(agreement_years=4, outside_qpv_months=12, relay_years=None)


def test_another_contract_says_nothing_about_this_one(cast, draft):
    fix(complete_application().call.contract, "cpo.duree", 3)

    assert figures_of(draft) == Figures()


@pytest.mark.parametrize(("years", "is_refused"), [(2, True), (3, False)])
def test_geo_6_and_prg_11_the_length_of_an_agreement_is_the_parameter(cast, draft, years, is_refused):
    fix(cast.contract, "cpo.duree", years)
    draft.is_multi_year, draft.ends_on = True, date(2029, 12, 31)

    assert any(problem.field == "ends_on" for problem in problems_of(draft)) is is_refused


def test_the_form_names_the_length_of_an_agreement_or_stays_silent(client, cast, draft, editor):
    client.force_login(editor)
    address = f"/dossiers/{draft.pk}/modifier/calendrier/"
    assert "pluriannuelle d&#x27;objectifs (" not in client.get(address).content.decode()
    fix(cast.contract, "cpo.duree", 3)

    assert "pluriannuelle d&#x27;objectifs (3 ans)" in client.get(address).content.decode()


def test_every_code_the_product_reads_is_a_parameter_of_the_real_contract():
    shipped = set(
        re.findall(
            r"^ +- code: (\S+)", Path("faubourg/contracts/data/de-ceze-cevennes.yaml").read_text(), re.M
        )
    )
    code = "\n".join(
        path.read_text()
        for path in Path("faubourg").rglob("*.py")
        if (path.name in ("queries.py", "rules.py") or "queries" in path.parts)
        and not {"journal", "messaging"} & set(path.parts)  # verbs and letters, which look like codes
    )
    read = {
        name
        for name in re.findall(r'"([a-z_]+\.[a-z_]+)"', code)
        if name.split(".")[0] in {one.split(".")[0] for one in shipped}
    }

    assert set(CODES) | {"cpo.part", "budget.part_publique_max", "lettre.recours"} <= read
    assert read - shipped == set()

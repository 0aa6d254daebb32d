"""A walking survey: stops by street, a photograph that says nothing of who took it, what came of it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from faubourg.consultation import actions
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.pictures import LONGEST_SIDE, NotAPicture, drawn_again
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import GatheringFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(cast):
    return GatheringFactory(consultation__contract=cast.contract, kind="walking_survey", held_on=TODAY)


def note(walk, actor, **said):
    told = {"place": "Rue Haute", "finding": "Un lampadaire éteint"}
    return actions.note_point(walk, actor=actor, now=NOW, **{**told, **said})


def photograph(size=(40, 20)):
    """As a telephone makes it: on its side, with its place, its date and its owner."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = "Mme Roux"
    exif.get_ifd(0x8825)[2] = (44.0, 15.0, 3.0)
    made = BytesIO()
    Image.new("RGB", size, "green").save(made, "JPEG", exif=exif, comment=b"chez moi")
    return made.getvalue()


def test_a_photograph_keeps_its_dots_and_nothing_of_who_and_where():
    given = photograph()
    assert b"Mme Roux" in given
    assert b"chez moi" in given

    drawn = drawn_again(given)

    with Image.open(BytesIO(drawn)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (20, 40), {})
    assert b"Mme Roux" not in drawn
    assert b"chez moi" not in drawn


def test_a_big_photograph_is_made_smaller_and_what_is_no_photograph_is_refused():
    with Image.open(BytesIO(drawn_again(photograph((4000, 3000))))) as picture:
        assert max(picture.size) == LONGEST_SIDE
    for content in (b"", b"%PDF-1.7", photograph()[:300], b"GIF89a" + b"\0" * 40):
        with pytest.raises(NotAPicture, match="ne s'ouvre pas"):
            drawn_again(content)


def test_a_stop_is_noted_once_with_its_clean_photograph(walk, officer):
    upload = SimpleUploadedFile("rue haute.png", photograph())
    point = note(walk, officer, photo=upload, due_on=TODAY + timedelta(days=30))

    assert note(walk, officer) == point
    assert point.photo.name == "rue haute.jpg"
    with point.photo.file.open("rb") as kept:
        assert b"Mme Roux" not in kept.read()
    with pytest.raises(Refusal) as refusal:
        note(walk, officer, place="Ailleurs", photo=SimpleUploadedFile("a.jpg", b"rien"))
    assert set(refusal.value.errors) == {"photo"}


def test_a_stop_is_late_from_the_day_after(walk, officer):
    point = note(walk, officer, due_on=TODAY)
    assert not point.is_late(TODAY)
    assert point.is_late(TODAY + timedelta(days=1))


def test_a_stop_is_settled_with_what_was_done_and_may_come_back(walk, officer):
    point = note(walk, officer)
    for outcome, day in (
        (" ", TODAY),
        ("Réparé", TODAY + timedelta(days=1)),
        ("Réparé", TODAY - timedelta(days=1)),
    ):
        with pytest.raises(Refusal):
            actions.resolve_point(point, actor=officer, outcome=outcome, ended_on=day, now=NOW)
    actions.resolve_point(point, actor=officer, outcome="Réparé", ended_on=TODAY, now=NOW)
    point.refresh_from_db()
    assert (point.state, point.days) == ("resolved", 0)
    with pytest.raises(IllegalStep):
        actions.drop_point(point, actor=officer, outcome="Non", ended_on=TODAY, now=NOW)

    actions.reopen_point(point, actor=officer, now=NOW)
    point.refresh_from_db()
    assert (point.state, point.outcome, point.ended_on) == ("noted", "", None)


def test_only_the_gip_notes_stops(walk, reader):
    with pytest.raises(PermissionDenied, match="GIP"):
        note(walk, reader)


def test_a_page_only_looked_at_says_nothing_is_missing(client, officer, walk):
    point = note(walk, officer)
    client.force_login(officer)
    for name, key in (("note_point", walk.pk), ("amend_point", point.pk), ("resolve_point", point.pk)):
        page = client.get(reverse(f"consultation:{name}", args=[key])).content.decode()
        assert "obligatoire." not in page


def test_a_refused_stop_keeps_what_was_typed_and_the_next_is_typed_on_the_same_page(client, officer, walk):
    client.force_login(officer)
    address = reverse("consultation:note_point", args=[walk.pk])
    page = client.post(address, {"place": "Rue Basse"}).content.decode()
    assert 'value="Rue Basse"' in page
    assert "Ce champ est obligatoire." in page

    answer = client.post(address, {"place": "Rue Basse", "finding": "Un trou"}, follow=True)
    assert "Le suivant ?" in answer.content.decode()


def test_a_photograph_is_read_by_those_who_read_the_walk_only(client, officer, stranger, walk):
    point = note(walk, officer, photo=SimpleUploadedFile("a.jpg", photograph()))
    address = reverse("consultation:photo", args=[point.pk])
    client.force_login(officer)
    assert b"".join(client.get(address).streaming_content).startswith(b"\xff\xd8")
    client.force_login(stranger)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_of_stops_cost_the_same_however_long(
    client, cast, officer, walk, django_assert_max_num_queries, count
):
    for number in range(count):
        note(walk, officer, place=f"Rue {number}", responsible=cast.state, due_on=TODAY)
    client.force_login(officer)
    for name, key in (("points", cast.contract.slug), ("note_point", walk.pk)):
        with django_assert_max_num_queries(8):
            assert client.get(reverse(f"consultation:{name}", args=[key])).status_code == 200
    late = client.get(reverse("consultation:points", args=[cast.contract.slug]), {"retard": "oui"})
    assert late.status_code == 200

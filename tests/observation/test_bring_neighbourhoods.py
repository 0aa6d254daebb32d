"""The official file of neighbourhoods, dropped on a page: seen first, then taken whole or not at all."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bench.national import NEIGHBOURHOODS, geojson
from faubourg.journal.models import Entry
from faubourg.territories.models import Correspondence, Neighbourhood, Outline, Source
from faubourg.territories.rules.cog import read_cog
from tests.factories import NeighbourhoodFactory, UserFactory
from tests.territories.geography import write_book
from tests.territories.test_files import BOW, HERE, zipped
from tests.territories.test_files import geojson as one_feature

pytestmark = pytest.mark.django_db
DROP = reverse("neighbourhoods:receive_file")


@pytest.fixture(autouse=True)
def book(tmp_path, settings):
    settings.GEOGRAPHY = write_book(tmp_path)


@pytest.fixture
def boss(client, director):
    client.force_login(director)
    return client


def drop(client, content, name="qpv.geojson", **said):
    return client.post(DROP, {"upload": SimpleUploadedFile(name, content), **said}, follow=True)


def text_of(answer):
    return " ".join(answer.content.decode().replace("&#x27;", "'").replace("\u00a0", " ").split())


def take(client, answer):
    return client.post(answer.redirect_chain[-1][0], follow=True)


def test_geo_2_a_file_is_seen_first_then_taken_with_who_and_when(boss, director):
    seen = drop(boss, one_feature(BOW, code="QN03099M"), dated="2026-01-15")

    text = text_of(seen)
    assert "QN03099M : L'Ecusson" in text
    assert "des bords se croisaient" in text
    assert "Rien n'est encore écrit" in text
    assert not Neighbourhood.objects.filter(code="QN03099M").exists()
    assert "Pas encore chargé" in text_of(boss.get(DROP))

    assert "est chargé" in text_of(take(boss, seen))
    source = Source.objects.get()
    assert (source.imported_by, source.document.sha256) == (director, source.sha256)
    assert source.version.startswith("ANCT, 15/01/2026, ")
    assert Outline.objects.get().neighbourhood.code == "QN03099M"
    verbs = Entry.objects.filter(verb__startswith="territories.").order_by("pk")
    assert [one.verb for one in verbs] == ["territories.receive_file", "territories.bring_file"]


def test_geo_2_taken_twice_it_changes_nothing_and_sent_twice_it_is_kept_once(boss):
    content = one_feature(HERE, code="QN03099M")
    seen = drop(boss, content)
    assert drop(boss, content).redirect_chain == seen.redirect_chain
    take(boss, seen)

    assert "était déjà chargé" in text_of(take(boss, seen))
    assert "Rien à changer" in text_of(drop(boss, content))
    assert Outline.objects.count() == 1


def test_geo_1_a_renaming_is_applied_but_not_a_lost_accent(boss):
    NeighbourhoodFactory(code="QN03098M", name="Écusson")
    NeighbourhoodFactory(code="QN03097M", name="Ancien nom")
    content = b"code_qp;lib_qp;insee_com\nQN03098M;ECUSSON;30227\nQN03097M;Nouveau nom;30227\n"

    seen = drop(boss, content, "liste.csv")
    take(boss, seen)

    assert "« Ancien nom » devient « Nouveau nom »" in text_of(seen)
    assert "ECUSSON" not in text_of(seen)
    names = dict(Neighbourhood.objects.values_list("code", "name"))
    assert (names["QN03098M"], names["QN03097M"]) == ("Écusson", "Nouveau nom")


def test_geo_1_a_corrected_correspondence_replaces_the_former_one(boss):
    head = "QP2024;Statut;QP2015_1;QP2015_2\n"
    take(boss, drop(boss, f"{head}QN03016M;fusion;QP030016;QP030017\n".encode(), "liens.csv"))

    seen = drop(boss, f"{head}QN03016M;Contour modifié;QP030016;QP030018\n".encode(), "liens.csv")
    take(boss, seen)

    assert "QN03016M ↔ QP030017 : n'est plus dans la table officielle" in text_of(seen)
    links = Correspondence.objects.values_list("code_2015", "status")
    assert set(links) == {("QP030016", "Contour modifié"), ("QP030018", "Contour modifié")}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("qpv.geojson", one_feature([[y, x] for x, y in HERE]), "entité 1, QN03014M : longitude et latitude"),
        ("qpv.geojson", one_feature([[795_000 + x, 6_350_000 + y] for x, y in HERE]), "projection fausse"),
        ("qpv.geojson", one_feature([[x + 3, y + 5] for x, y in HERE]), "loin du département 30"),
        ("qpv.geojson", one_feature(None), "son contour est vide"),
        ("liste.csv", b"code_qp;lib_qp\nQN03014M;a\nQN03001I;b;c;d\nQN03002M;e\n", "ligne 3"),
        ("liste.csv", b"code_qp;lib_qp\n30227;a\n", "ni de la forme QN03014M"),
        ("bombe.zip", zipped(a=b"0" * 5_000_000), "démesuré"),
        ("photo.pdf", b"%PDF-1.7", "n'est pas d'un format lu ici"),
        ("vide.geojson", b"", "Le fichier est vide"),
    ],
)
def test_geo_2_what_cannot_be_right_is_said_at_the_field_and_not_kept(boss, name, content, said):
    answer = drop(boss, content, name)

    assert answer.redirect_chain == []
    assert said in text_of(answer)
    assert not Source.objects.exists()


def test_geo_2_one_line_in_the_middle_refuses_the_whole_file(boss):
    content = "code_qp;lib_qp;insee_com\nQN03091M;a;30227\nQN03092M;b;99999\nQN03093M;c;30227\n"

    seen = drop(boss, content.encode(), "liste.csv")

    assert "ligne 3, QN03092M : la commune 99999 n'est pas dans le code officiel" in text_of(seen)
    assert "Charger ce fichier" not in text_of(seen)
    assert boss.post(seen.redirect_chain[-1][0]).status_code == 400
    assert not Neighbourhood.objects.filter(code__startswith="QN0309").exists()


def test_a_file_too_big_is_refused_at_its_field_and_a_far_bigger_one_by_a_page(boss, settings):
    settings.UPLOAD_MEGABYTES = 1
    assert "la limite est de 4 Mo" in text_of(drop(boss, b"0" * 5_000_000))

    settings.FILES_UPLOAD_MAX_SIZE = 1_000_000
    assert drop(boss, b"0" * 5_000_000).status_code == 413


def test_geo_2_the_official_zip_of_1584_neighbourhoods_is_previewed_then_taken(boss, settings):
    """The real code of France, a made-up file of the real size, in a zip that holds several layers."""
    settings.GEOGRAPHY = settings.ROOT / "build" / "geography.json.gz"
    whole = geojson(read_cog(settings.GEOGRAPHY))
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SHP/QP2024_LB93.geojson", b"{}")
        archive.writestr("GEOJSON/QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson", whole)

    seen = drop(boss, content.getvalue(), "qpv-2024-geojson.zip")
    assert f"{NEIGHBOURHOODS} lignes" in text_of(seen)
    take(boss, seen)

    assert Outline.objects.count() == NEIGHBOURHOODS
    assert Outline.objects.exclude(repaired="").count() >= 300
    assert Neighbourhood.objects.filter(code__startswith="QN974").exists()


def test_geo_1_others_are_told_who_takes_the_file(client, officer):
    client.force_login(officer)
    assert "chargé par la direction du GIP" in text_of(client.get(DROP))
    assert drop(client, one_feature(HERE)).status_code == 403
    assert not Source.objects.exists()


def test_the_list_leads_to_the_import_only_those_who_may(client, cast, director, officer, technical_admin):
    for person, leads in ((director, True), (technical_admin, True), (officer, False)):
        client.force_login(person)
        assert (DROP in client.get(reverse("portal:neighbourhoods")).content.decode()) is leads


def test_the_menu_says_that_the_neighbourhoods_are_the_territory(client, cast, reader):
    client.force_login(reader)
    for address in (reverse("portal:neighbourhoods"), reverse("portal:neighbourhood", args=[cast.qpv.code])):
        text = client.get(address).content.decode()
        assert f'href="{reverse("observation:index")}" aria-current="true"' in text


def test_another_s_waiting_file_does_not_exist_for_a_stranger(client, boss, cast):
    seen = drop(boss, one_feature(HERE))
    client.force_login(UserFactory())
    assert client.get(seen.redirect_chain[-1][0]).status_code == 403

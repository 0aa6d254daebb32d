"""A real server, real threads, a real kill: what was acknowledged is there, and nothing is done twice."""

import gzip
import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from urllib.request import Request, urlopen

import psycopg
import pytest

from faubourg.questionnaires.rules import bulletins
from tests.live.installation import Installation, Visitor
from tests.live.seed import PASSWORD


@pytest.fixture(scope="module")
def site(installation):
    installation.command("migrate", "--verbosity", "0")
    printed = subprocess.run(
        [sys.executable, "-m", "tests.live.seed"],
        env=installation.variables(),
        check=True,
        capture_output=True,
    )
    installation.start()
    return installation, json.loads(printed.stdout.splitlines()[-1])


def test_a_second_server_on_the_same_port_is_refused_in_french(site, tmp_path):
    """granian would let both answer in turn, each from its own database."""
    installation, _ = site
    other = Installation(tmp_path, port=installation.port)
    refused = other.command("serve", check=False)
    assert refused.returncode != 0
    assert f"Le port {installation.port} est déjà pris" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_pages_are_served_as_in_production(site):
    """No debug page, hashed static files, compressed answers, a content policy."""
    installation, _ = site
    asked = Request(f"{installation.url}/connexion/", headers={"Accept-Encoding": "gzip"})
    with urlopen(asked, timeout=10) as answer:
        page = gzip.decompress(answer.read()).decode()
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "default-src" in answer.headers["Content-Security-Policy"]
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert sheets
    assert all(re.search(r"\.[0-9a-f]{12}\.css$", sheet) for sheet in sheets)
    with urlopen(installation.url + sheets[0], timeout=10) as answer:
        assert "immutable" in answer.headers["Cache-Control"]

    visitor = sign_in(site, "signatory")
    status, _, missing = visitor.get("/n-existe-pas/")
    assert status == 404
    assert "DEBUG" not in missing


def query(installation, sql):
    if installation.database_url:
        with psycopg.connect(installation.database_url) as connection:
            return connection.execute(sql).fetchall()
    with sqlite3.connect(installation.folder / "faubourg.sqlite3") as connection:
        return connection.execute(sql).fetchall()


def sign_in(site, name):
    installation, keys = site
    visitor = Visitor(installation)
    visitor.log_in(keys["emails"][name], PASSWORD)
    return visitor


def hidden(page, name):
    """The value of a hidden field of the page's form."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="{name}"', page)
    assert found, f"{name} absent de la page"
    return found[1] or found[2] or ""


def keep_typing(visitor, draft, stop, acknowledged):
    """Save again and again; note only what the server said it has saved."""
    path = f"/dossiers/{draft}/modifier/projet/"
    page = visitor.get(path)[2]
    version, sheet = hidden(page, "version"), hidden(page, "page")
    for number in range(1, 10_000):
        if stop.is_set():
            return
        typed = {"version": version, "page": sheet, "title": "Jardins", "need": f"besoin {number}"}
        try:
            status, _, answer = visitor.post(path, typed, {"X-Autosave": "1"})
        except OSError:
            return
        if status == 200:
            version = json.loads(answer)["version"]
            acknowledged[draft] = number


def test_killing_the_server_during_writes_loses_nothing_that_was_acknowledged(site):
    installation, keys = site
    drafts = keys["drafts"][:3]
    visitors = {draft: sign_in(site, "signatory") for draft in drafts}
    acknowledged, stop = {}, Event()
    with ThreadPoolExecutor() as threads:
        for draft, visitor in visitors.items():
            threads.submit(keep_typing, visitor, draft, stop, acknowledged)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and min([acknowledged.get(draft, 0) for draft in drafts]) < 5:
            time.sleep(0.05)
        installation.kill(signal.SIGKILL)
        stop.set()

    assert set(acknowledged) == set(drafts)
    saved = dict(query(installation, "SELECT id, need FROM applications_application"))
    for draft, number in acknowledged.items():
        assert int(saved[draft].removeprefix("besoin ")) >= number

    installation.start()
    assert "besoin" in sign_in(site, "signatory").get(f"/dossiers/{drafts[0]}/modifier/projet/")[2]


def test_a_double_click_on_file_files_once_and_shows_the_same_receipt(site):
    installation, keys = site
    draft = keys["drafts"][3]
    clicks = [sign_in(site, "signatory") for _ in range(4)]
    with ThreadPoolExecutor() as threads:
        answers = list(threads.map(lambda visitor: visitor.post(f"/dossiers/{draft}/deposer/", {}), clicks))

    assert {(status, url.split("8000")[-1].rsplit("/dossiers/")[-1]) for status, url, _ in answers} == {
        (200, f"{draft}/recepisse/")
    }
    filings = (
        f"SELECT COUNT(*) FROM journal_entry WHERE verb = 'applications.submit' AND subject_id = {draft}"
    )
    assert query(installation, filings) == [(1,)]


def test_three_clicks_at_once_begin_one_draft(site):
    installation, keys = site
    clicks = [sign_in(site, "signatory") for _ in range(3)]
    path = f"/dossiers/nouveau/{keys['call']}/"
    typed = {"call": keys["call"], "applicant": keys["applicant"], "title": "Trois clics"}
    with ThreadPoolExecutor() as threads:
        answers = list(threads.map(lambda visitor: visitor.post(path, typed), clicks))

    assert len({url for _, url, _ in answers}) == 1  # everyone is led to the same draft
    begun = "SELECT COUNT(*) FROM applications_application WHERE title = 'Trois clics'"
    assert query(installation, begun) == [(1,)]


def test_dossiers_filed_at_the_same_moment_have_different_numbers(site):
    installation, keys = site
    drafts = keys["drafts"][4:6]
    with ThreadPoolExecutor() as threads:
        visitors = [sign_in(site, "signatory") for _ in drafts]
        list(
            threads.map(
                lambda pair: pair[0].post(f"/dossiers/{pair[1]}/deposer/", {}),
                zip(visitors, drafts, strict=True),
            )
        )

    numbers = query(
        installation, f"SELECT number FROM applications_application WHERE id IN ({drafts[0]}, {drafts[1]})"
    )
    assert len({number for (number,) in numbers} - {""}) == 2


def test_two_deciders_at_once_never_spend_an_envelope_twice(site):
    """5 000 € in the envelope, two dossiers asking it whole, two deciders at once (PRG-9, FIN-2)."""
    installation, keys = site
    deciders = [sign_in(site, "decider"), sign_in(site, "second_decider")]

    def grant(pair):
        visitor, (application, request) = pair
        path = f"/programmation/dossiers/{application}/decision/{request}/"
        page = visitor.get(path)[2]
        decision = {
            "version": hidden(page, "version"), "outcome": "granted", "awarded_amount": "5 000,00",
            "act_kind": "award_order", "act_number": "1", "decided_on": time.strftime("%Y-%m-%d"),
            "covers_from": "2027-01-01", "covers_until": "2027-12-31",
        }  # fmt: skip
        return visitor.post(path, decision)

    with ThreadPoolExecutor() as threads:
        answers = list(threads.map(grant, zip(deciders, keys["decisions"], strict=True)))

    assert query(installation, "SELECT SUM(awarded_amount) FROM awards_fundingdecision")[0][0] == 5_000
    refusals = [page for _, _, page in answers if "enveloppe" in page.lower() and "alert" in page]
    assert len(refusals) >= 1


RESIDENTS, EACH, SHEETS = 8, 5, 15


def answer_online(installation, code, times):
    """One resident after another at the same telephone: how many were thanked."""
    visitor, path, thanked = Visitor(installation), f"/repondre/{code}/", 0
    for number in range(times):
        page = visitor.get(path)[2]
        for typed in ({}, {"q1": "yes", "q2": number}, {"q3": ["trees", "bench"], "q4": f"Banc n° {number}"}):
            sealed = {"progress": hidden(page, "progress"), "way": "next"}
            _, url, page = visitor.post(path, {**sealed, **typed})
        thanked += url.endswith("/merci/")
    return thanked


def type_sheets(visitor, batch):
    """A clerk at the paper sheets: how many the server said are typed."""
    path, said = f"/concertation/questionnaires/lots/{batch}/saisir/", 0
    visitor.get(path)
    for number in range(1, SHEETS + 1):
        written = bulletins.written(number)
        page = visitor.post(path, {"bulletin": written, "q1": "1", "q2": str(number)})[2]
        said += f"Le bulletin {written} est saisi" in page
    return said


def test_residents_answer_online_while_staff_type_paper_and_no_answer_is_lost(site):
    installation, keys = site
    clerk = sign_in(site, "clerk")
    with ThreadPoolExecutor(RESIDENTS + 1) as threads:
        paper = threads.submit(type_sheets, clerk, keys["batch"])
        telephones = [
            threads.submit(answer_online, installation, keys["questionnaire"], EACH) for _ in range(RESIDENTS)
        ]
        thanked = sum(one.result() for one in telephones)

    assert (thanked, paper.result()) == (RESIDENTS * EACH, SHEETS)
    kept = "SELECT mode, COUNT(*), COUNT(DISTINCT reference) FROM questionnaires_response GROUP BY mode"
    assert sorted(query(installation, kept)) == [("online", thanked, thanked), ("paper", SHEETS, SHEETS)]

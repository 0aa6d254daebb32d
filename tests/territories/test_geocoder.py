"""The national geocoder, against a real server that answers as its documentation says (GEO-3)."""

import csv
import io
import logging
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from urllib3.util import Timeout

from faubourg.config.reading import BadSetting, web_address
from faubourg.territories.imports import geocoder as client
from faubourg.territories.imports.geocoder import GeocoderSilent, NationalGeocoder
from faubourg.territories.rules.addresses.asked import read_address

COLUMNS = (
    "latitude", "longitude", "result_label", "result_score", "result_score_next", "result_type", "result_id",
    "result_housenumber", "result_name", "result_street", "result_postcode", "result_city", "result_context",
    "result_citycode", "result_oldcitycode", "result_oldcity", "result_district", "result_status",
)  # fmt: skip
KNOWN = {
    "12 bis": {"result_type": "housenumber", "result_score": "0.97", "result_label": "12 Bis Rue Longue"},
    "rue": {"result_type": "street", "result_score": "0.88", "result_label": "Rue de la République"},
    "flou": {"result_type": "housenumber", "result_score": "0.55", "result_label": "1 Rue Floue"},
    "deux": {"result_type": "housenumber", "result_score": "0.91", "result_score_next": "0.9",
             "result_label": "2"},
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.paths.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, answer = 200, None
        if self.server.script:
            status, answer = self.server.script.pop(0)
        if answer is None:
            answer = self._located(body).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/ailleurs")
        if status == 429:
            self.send_header("Retry-After", "0")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _located(self, body):
        """The lines sent, with the columns of the documentation after theirs."""
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = BytesParser().parsebytes(head + body).get_payload()
        fields = {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True).decode()
            for part in parts
        }
        self.server.fields.append(fields)
        rows = list(csv.DictReader(io.StringIO(fields["data"])))
        text = io.StringIO()
        out = csv.DictWriter(text, [*rows[0], *COLUMNS], restval="", lineterminator="\n")
        out.writeheader()
        for row in rows:
            told = next((told for start, told in KNOWN.items() if row["adresse"].startswith(start)), None)
            point = {"latitude": "44.262", "longitude": "4.197", "result_citycode": "30227",
                     "result_postcode": "30500", "result_city": "Saint-Ambroix"}  # fmt: skip
            out.writerow(row | (point | told if told else {"result_status": "not-found"}))
        return text.getvalue()

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        made.paths, made.fields, made.script = [], [], []
        made.base = f"http://127.0.0.1:{made.server_port}/geocodage"
        Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        yield made
        made.shutdown()


def geocoder(server):
    return NationalGeocoder(server.base, wait=0.001, timeout=Timeout(connect=1, read=1))


def asked(*texts):
    return [read_address(text) for text in texts]


def test_geo_3_each_address_keeps_its_score_and_type_and_its_order(server):
    found = geocoder(server).find_all(
        asked("12 bis rue de la République", "nulle part", "rue Neuve", "", "flou")
    )

    assert [[(one.type, one.score, one.is_sure) for one in some] for some in found] == [
        [("housenumber", 0.97, True)],
        [],
        [("street", 0.88, False)],
        [],
        [("housenumber", 0.55, False)],
    ]
    best = found[0][0]
    assert (best.lon, best.lat, best.insee_code, best.city) == (4.197, 44.262, "30227", "Saint-Ambroix")


def test_geo_3_an_address_that_may_be_in_two_places_is_not_sure(server):
    assert [one.is_sure for one in geocoder(server).find_all(asked("deux places"))[0]] == [False]


def test_geo_3_only_addresses_leave_by_post_and_none_is_logged(server, caplog):
    server.script = [(503, b"")]
    one = read_address("12 bis rue Secrète", postcode="30500", city="Saint-Ambroix", insee_code="30227")
    with caplog.at_level(logging.DEBUG):
        geocoder(server).find_all([one])

    assert server.paths == ["/geocodage/search/csv"] * 2
    assert server.fields[0]["data"] == "adresse,code_insee\n12 bis rue Secrète 30500 Saint-Ambroix,30227\n"
    assert (server.fields[0]["columns"], server.fields[0]["citycode"]) == ("adresse", "code_insee")
    assert caplog.text
    assert "Secr" not in caplog.text


def test_geo_3_many_addresses_leave_in_several_sendings(server, monkeypatch):
    monkeypatch.setattr(client, "AT_ONCE", 2)

    found = geocoder(server).find_all(asked("12 bis", "nulle part", "rue", "12 bis", "12 bis"))

    assert len(server.paths) == 3
    assert [len(some) for some in found] == [1, 0, 1, 1, 1]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_geo_3_a_busy_geocoder_is_asked_again(server, status):
    server.script = [(status, b"")] * 4

    assert geocoder(server).find_all(asked("12 bis"))[0]
    assert len(server.paths) == 5


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([(429, b"")] * 5, "trop de demandes"),
        ([(503, b"")] * 5, r"a refusé les adresses \(réponse 503\)"),
        ([(400, b"adresse")], r"réponse 400"),
        ([(302, b"")], r"réponse 302"),
        ([(200, b"<html>")], "autre chose"),
        ([(200, b"\xff\xfe\x00")], "autre chose"),
        ([(200, b"a,b\n1,2\n")], "autre chose"),
        (
            [(200, b"result_score,result_type,result_label,longitude,latitude\nx,street,a,4,44\n")],
            "autre chose",
        ),
    ],
)
def test_geo_3_what_it_cannot_use_is_said_in_french(server, answers, said):
    server.script = list(answers)

    with pytest.raises(GeocoderSilent, match=said):
        geocoder(server).find_all(asked("12 bis"))
    assert len(server.paths) == len(answers)


def test_geo_3_a_geocoder_that_is_not_there_is_said_in_french():
    with pytest.raises(GeocoderSilent, match="ne répond pas"):
        NationalGeocoder("http://127.0.0.1:1", wait=0.001).find_all(asked("12 bis"))


def locate(tmp_path, *options):
    (tmp_path / "in.csv").write_text("adresse;nom\n12 bis rue de la République;Adèle\n")
    call_command("locate", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), *options)


def test_geo_3_the_command_asks_the_national_geocoder_only_when_told(db, tmp_path, settings, server):
    settings.GEOCODER = server.base
    locate(tmp_path)
    assert server.paths == []

    locate(tmp_path, "--national")

    assert "Adèle" not in server.fields[0]["data"]
    assert "12 Bis Rue Longue;0.97;housenumber" in (tmp_path / "out.csv").read_text("utf-8-sig")


def test_geo_3_without_its_address_or_its_answer_nothing_is_written(db, tmp_path, settings, server):
    with pytest.raises(CommandError, match="FAUBOURG_GEOCODER"):
        locate(tmp_path, "--national")
    settings.GEOCODER = server.base
    server.script = [(404, b"")]
    with pytest.raises(CommandError, match="réponse 404"):
        locate(tmp_path, "--national")
    assert not (tmp_path / "out.csv").exists()


def test_the_address_of_the_geocoder_is_one_or_nothing(monkeypatch):
    monkeypatch.setenv("FAUBOURG_GEOCODER", "https://data.geopf.fr/geocodage/")
    assert web_address("FAUBOURG_GEOCODER") == "https://data.geopf.fr/geocodage"
    monkeypatch.setenv("FAUBOURG_GEOCODER", "")
    assert web_address("FAUBOURG_GEOCODER") == ""
    monkeypatch.setenv("FAUBOURG_GEOCODER", "data.geopf.fr")
    with pytest.raises(BadSetting, match="FAUBOURG_GEOCODER"):
        web_address("FAUBOURG_GEOCODER")

"""The national geocoder, called only when FAUBOURG_GEOCODER says where it is and somebody asks for it.

Addresses leave by POST, in a file: never in the address of a page, which machines on the way write down.
"""

from collections.abc import Sequence

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.filepost import encode_multipart_formdata
from urllib3.util import Retry, Timeout

from faubourg.territories.rules.addresses.asked import Asked
from faubourg.territories.rules.addresses.geocoding import (
    ADDRESS,
    INSEE_CODE,
    AnswerRefused,
    read_answer,
    written,
)
from faubourg.territories.rules.addresses.matching import Candidate

AT_ONCE = 5_000
"""Addresses of one sending: some 400 kB, far below the 50 MB that the geocoder takes."""
TOO_MANY = 429
BUSY = (TOO_MANY, 500, 502, 503, 504)
TRIES, WAIT, LONGEST_WAIT = 4, 1.0, 30
"""After a refusal: again at once, then after 2, 4 and 8 seconds, or what the geocoder asks for."""
TIMEOUT = Timeout(connect=5, read=60)


class GeocoderSilent(Exception):
    """No answer that can be used; the text is a French sentence that quotes no address."""


class NationalGeocoder:
    """Finds addresses as `queries.addresses.Finder` does, in the national base. One alone goes as many do."""

    def __init__(self, base: str, *, wait: float = WAIT, timeout: Timeout = TIMEOUT) -> None:
        """`base`: https://data.geopf.fr/geocodage, or any server that answers alike."""
        self._url = f"{base.rstrip('/')}/search/csv"
        retries = Retry(
            TRIES,
            allowed_methods=None,
            status_forcelist=BUSY,
            backoff_factor=wait,
            backoff_max=LONGEST_WAIT,
            retry_after_max=LONGEST_WAIT,
            redirect=False,
            raise_on_status=False,
        )
        self._pool = urllib3.PoolManager(retries=retries, timeout=timeout)

    def find_all(self, asked: Sequence[Asked]) -> list[list[Candidate]]:
        """The likeliest answer for each, none for those not found. Raises GeocoderSilent."""
        found: list[list[Candidate]] = []
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            try:
                found += read_answer(self._post(written(some)), len(some))
            except AnswerRefused as refusal:
                raise GeocoderSilent(str(refusal)) from None
        return found

    def _post(self, content: bytes) -> bytes:
        body, kind = encode_multipart_formdata(
            [
                ("data", ("adresses.csv", content, "text/csv")),
                ("columns", ADDRESS),
                ("citycode", INSEE_CODE),
            ]
        )
        try:
            answer = self._pool.request("POST", self._url, body=body, headers={"Content-Type": kind})
        except HTTPError:
            raise GeocoderSilent("Le géocodeur national ne répond pas : réessayez plus tard.") from None
        if answer.status == TOO_MANY:
            raise GeocoderSilent("Le géocodeur national reçoit trop de demandes : réessayez plus tard.")
        if answer.status != 200:
            raise GeocoderSilent(f"Le géocodeur national a refusé les adresses (réponse {answer.status}).")
        return answer.data

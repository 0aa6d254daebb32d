"""A real installation for tests: its own folder and database, the production server in its own process."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@dataclass
class Installation:
    """One folder, one port; `command` runs `faubourg …` in it, `start` and `kill` its server."""

    folder: Path
    database_url: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def variables(self) -> dict[str, str]:
        """The environment of its commands."""
        own = {"FAUBOURG_DATA": str(self.folder), "PORT": str(self.port), "FAUBOURG_URL": self.url}
        if self.database_url:
            own["DATABASE_URL"] = self.database_url
        kept = {
            key: value
            for key, value in os.environ.items()
            if key not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")
        }
        return kept | own | self.environment

    def command(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "faubourg", *arguments],
            env=self.variables(), check=check, capture_output=True, text=True, timeout=180,
        )  # fmt: skip

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "faubourg", "serve"],
                env=self.variables(), start_new_session=True, stdout=subprocess.DEVNULL, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            try:
                urlopen(f"{self.url}/connexion/", timeout=2).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError((self.folder / "server.log").read_text()[-2000:])

    def kill(self, with_signal: signal.Signals = signal.SIGKILL) -> None:
        """Stop the server and its workers, at once."""
        if self.process is not None:
            os.killpg(self.process.pid, with_signal)
            self.process.wait(timeout=30)
            self.process = None
            self._wait_until_the_port_is_free()

    def _wait_until_the_port_is_free(self) -> None:
        for _ in range(100):
            with socket.socket() as listener:
                # A connection that has just ended keeps its port for a minute: only a listener matters here.
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    listener.bind(("127.0.0.1", self.port))
                except OSError:
                    time.sleep(0.05)
                else:
                    return


class Visitor:
    """A person's browser without a browser: cookies, the CSRF token of the last page, forms by name."""

    def __init__(self, installation: Installation) -> None:
        self.base = installation.url
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> tuple[int, str, str]:
        return self._open(Request(self._absolute(path)))

    def post(
        self, path: str, data: dict[str, object], headers: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        token = next((cookie.value for cookie in self.cookies if cookie.name == "csrftoken"), "")
        body = urlencode({"csrfmiddlewaretoken": token, **data}, doseq=True).encode()
        return self._open(Request(self._absolute(path), body, {"Referer": self.base, **(headers or {})}))

    def log_in(self, email: str, password: str) -> None:
        self.get("/connexion/")
        status, url, page = self.post("/connexion/", {"login": email, "password": password})
        assert status == 200, page[:500]
        assert "/connexion/" not in url, re.findall(r"<li[^>]*>([^<]+)", page)[-5:]

    def _absolute(self, path: str) -> str:
        return path if path.startswith("http") else self.base + path

    def _open(self, request: Request) -> tuple[int, str, str]:
        """(status, final address, text of the page)."""
        try:
            with self.opener.open(request, timeout=30) as response:
                return response.status, response.url, response.read().decode()
        except HTTPError as answer:
            return answer.code, answer.url, answer.read().decode()

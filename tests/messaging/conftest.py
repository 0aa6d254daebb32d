"""A real mail server on a free port, that keeps what it receives and refuses whom it is told to."""

import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.core.mail.backends.base import BaseEmailBackend


class Mailbox:
    port = 0
    falls_after = None
    """Letters it takes before it falls; `rises` brings it back."""

    def __init__(self):
        self.received = []
        self.refused = set()

    def rises(self):
        self.falls_after = None

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.falls_after is not None and len(self.received) >= self.falls_after:
            server.transport.abort()
            return "421 4.3.2 Service not available"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refused:
            return "550 5.1.1 User unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield box
    controller.stop()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """`with committed():` what is written inside is committed, and what waits for that happens."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


class KilledBackend(BaseEmailBackend):
    """A mail backend during which the machine is switched off."""

    def send_messages(self, messages):
        raise SystemExit("kill -9")

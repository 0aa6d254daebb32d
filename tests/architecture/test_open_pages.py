"""Closed by default: the pages open to all are this list, and no other (style B.3)."""

from django.urls import URLPattern, get_resolver

OPEN_PAGES = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "accounts:confirm_email",
    "accounts:invitation",
    "answering:answer",
    "answering:done",
    "fph:index",
    "fph:find",
    "fph:follow",
    "fph:take_back",
    "fph:fund",
    "fph:file_request",
    "fph:paper_form",
    "fph:send_receipt",
    "fph:send_photo",
    "portal:accessibility",
    "public_thread:action",
    "public_thread:index",
    "public_thread:place",
    "public_thread:poster",
    "public_thread:words",
    "public_thread:words_file",
    "toolkit:components",
}


def views(resolver, prefix=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield prefix + (entry.name or str(entry.pattern)), entry.callback
        else:
            yield from views(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)


def test_the_pages_open_to_all_are_exactly_these():
    found = {name for name, view in views(get_resolver()) if not getattr(view, "login_required", True)}

    assert found == OPEN_PAGES

"""Whoever adds a page has it walked, too: each address that answers to a look is met by a walk."""

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.flows.walks import WALKS

# What answers to a look and is no page: regions of pages, downloads, and ways that only lead on.
NO_PAGES = {
    "healthz", "readyz", "metrics",
    "start", "sign_out", "call_backs", "following", "session_left", "invoice_copy", "invoice_document",
    "request_file", "import_problems", "statement_pdf", "letter_preview_page",
    "message_file", "inbox_file", "reminder_letter", "reminder_enclosure", "letter_publishing",
    # Of the look of "factor_codes" and of the sign-in page; looked at where they are tested.
    "factor_remove", "sign_in_second", "sign_on", "sign_on_back",
    "reminders_approving", "report_chart", "report_file", "write_offs_file", "exceptions_file",
}  # fmt: skip


def methods(view: Callable[..., Any] | None) -> list[str]:
    """What a view says that it answers to."""
    while view is not None:
        wanted = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if wanted is not None:
            return list(wanted)
        view = getattr(view, "__wrapped__", None)
    return ["GET"]


def looked_at(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of the addresses that answer to a look."""
    for each in patterns:
        if isinstance(each, URLResolver) and each.namespace == "api":
            continue  # machines look there
        if isinstance(each, URLResolver):
            yield from looked_at(each.url_patterns)
        elif "GET" in methods(each.callback):
            yield each.name or str(each.pattern)


def test_every_page_is_walked() -> None:
    addresses = {path.split("?")[0] for _, screens in WALKS.values() for path, _ in screens}
    walked = {resolve(re.sub(r"\{\w+\}", "1", address)).url_name for address in addresses}
    assert set(looked_at(get_resolver().url_patterns)) - walked - NO_PAGES == set()

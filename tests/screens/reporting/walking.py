"""The dashboard as a reader walks it: its figures with the lists that they open, and its charts, which the
page asks for itself.
"""

import re
from decimal import Decimal
from html import unescape

from django.test import Client

from tests.doors import HTMX, text


def drawn(browser: Client, url: str) -> str:
    """A page with all of its charts."""
    page = text(browser.get(url))
    slots = re.findall(r'hx-get="([^"]*)" hx-trigger="load"', page)
    return page + "".join(
        text(browser.get(unescape(slot), headers=HTMX)) for slot in slots if "/charts/" in slot
    )


def linked(html: str) -> list[tuple[str, Decimal]]:
    """The figures of a page that open a list: where they lead, and what they are."""
    found = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*data-figure="([^"]*)"', html)
    return [
        (unescape(url), Decimal(re.sub(r"[^\d.\-−]", "", figure).replace("−", "-"))) for url, figure in found
    ]


def total(html: str) -> Decimal:
    """The total that a list tells of itself."""
    (found,) = re.findall(r'data-total="([^"]*)"', html)
    return Decimal(found)


def cells(html: str) -> dict[str, list[str]]:
    """What stands in lists of facts and in tables, by its name or its column's, as it is written."""
    found: dict[str, list[str]] = {}
    for name, written in re.findall(r"<dt>([^<]*)</dt>\s*<dd>(.*?)</dd>", html, re.DOTALL):
        found.setdefault(name, []).append(written)
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        heads = re.findall(r"<th[^>]*scope=\"col\"[^>]*>(.*?)</th>", table, re.DOTALL)
        heads = [re.sub(r"<[^>]*>", "", head) for head in heads]
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]:
            for name, written in zip(heads, re.findall(r"<t[dh]\b.*?</t[dh]>", row, re.DOTALL), strict=False):
                found.setdefault(name, []).append(written)
    return found

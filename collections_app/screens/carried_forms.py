"""A form that was sent after its session had ended: what was typed goes through the sign-in and back, so that
not a letter is lost. Pages with JavaScript ask before they leave (``keep.js``); this is for those without.

It travels in the sign-in page itself, signed, and lies in no table. Passwords and files are not carried.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest

SALT = "carried form"
LETTERS_MAX = 100_000
KEPT_SECONDS = 12 * 60 * 60
# Never carried: secrets, and the token that the new session has its own of.
LEFT_OUT = ("csrfmiddlewaretoken", "password")


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a form goes, the page it stood on, and its fields in their order; a name may come twice."""

    path: str
    back: str
    fields: list[tuple[str, str]]
    had_files: bool

    @property
    def typed(self) -> list[str]:
        """What a person would miss: values with a space in them, for the reader to recognise."""
        return [value for _, value in self.fields if " " in value.strip()]


def pack(request: HttpRequest) -> str:
    """The form of ``request``, signed; empty when it has nothing to be carried, or too much."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(part in name.lower() for part in LEFT_OUT)
        for value in values
    ]
    letters = sum(len(name) + len(value) for name, value in fields)
    if not fields or letters > LETTERS_MAX:
        return ""
    form = [request.get_full_path(), page_of(request), fields, bool(request.FILES)]
    return signing.dumps(form, salt=SALT, compress=True)


def unpack(text: str) -> Carried | None:
    """What ``pack`` made; None when it is not ours, or too old."""
    try:
        path, back, fields, had_files = signing.loads(text, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    return Carried(path, back, [(name, value) for name, value in fields], had_files)


def page_of(request: HttpRequest) -> str:
    """The page that a form stood on; the start when the browser does not say, or names a stranger's."""
    page = urlsplit(request.headers.get("Referer", ""))
    here = f"{page.path}?{page.query}" if page.query else page.path
    return here if page.netloc == request.get_host() and here.startswith("/") else "/"

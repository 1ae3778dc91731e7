"""What somebody reads of a page: a form with what stands in it, and what may be chosen."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Form:
    """What a browser would send if nothing were typed; for each list what may be chosen."""

    given: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def first_of(self, name: str) -> str:
        """The first real choice of a list; "" where there is none."""
        return next((value for value in self.choices.get(name, []) if value), "")


def form_of(page: str, action: str) -> Form | None:
    """The form of ``page`` that is sent to ``action``; "" is one that is sent where the page came from."""
    reader = _Reader(action)
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    """Reads the first such form."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self._action, self._is_inside = action, False
        self._list, self._text = "", ""
        self.found: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and self.found is None:
            is_post = told.get("method", "").lower() == "post"
            if is_post and told.get("action", "") == self._action:
                self._is_inside, self.found = True, Form()
        if not self._is_inside or self.found is None:
            return
        name, value = told.get("name", ""), told.get("value", "")
        if tag == "input" and name:
            self._read_input(name, value, told)
        elif tag == "select":
            self._list = name
        elif tag == "option" and self._list:
            self._read_option(value, is_chosen="selected" in told)
        elif tag == "textarea":
            self._text = name
            self.found.given.setdefault(name, "")

    def _read_input(self, name: str, value: str, told: dict[str, str]) -> None:
        assert self.found
        kind = told.get("type", "text")
        if kind in ("radio", "checkbox"):
            self.found.choices.setdefault(name, []).append(value)
            if "checked" not in told:
                return
        if kind not in ("submit", "file", "button"):
            self.found.given[name] = value

    def _read_option(self, value: str, *, is_chosen: bool) -> None:
        assert self.found
        options = self.found.choices.setdefault(self._list, [])
        options.append(value)
        if is_chosen or len(options) == 1:
            self.found.given[self._list] = value

    def handle_data(self, data: str) -> None:
        if self._is_inside and self._text and self.found:
            self.found.given[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "select":
            self._list = ""
        elif tag == "textarea":
            self._text = ""

"""The frame around every screen: where one may go, for which company, how fresh the figures are, who one is.

Screens of a company carry its code in their path as ``company``, so that every list can be shared as a link
and changing company is a link too. Nothing of the frame is looked up before a template asks for it, so parts
that do not use it never pay for it.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from collections_app.intake import received
from collections_app.ledger import companies
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.screens import needs, patterns

ADDRESSES_KEPT_MAX = 1000
NAVS_KEPT_MAX = 500


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the rail: a url name, the key after ``g``, and the deed without which it is not shown."""

    name: str
    label: str
    icon: str
    key: str
    deed: Deed | None = None


PLACES = (
    Place("home", "Home", "home", "h"),
    Place("chase_list", "Chase list", "list-numbers", "l", Deed.WORK_CUSTOMERS),
    Place("customers", "Customers", "users", "c"),
    Place("reminders", "Reminders", "mail", "m", Deed.APPROVE_REMINDERS),
    Place("promises", "Promises", "heart-handshake", "p", Deed.WORK_CUSTOMERS),
    Place("disputes", "Disputes", "scale", "d", Deed.ANSWER_DISPUTES),
    Place("requests", "Requests", "message-question", "r"),
    Place("holds", "Holds", "hand-stop", "b"),
    Place("write_offs", "Write-offs", "note", "w", Deed.WORK_CUSTOMERS),
    Place("approvals", "Approvals", "circle-check", "v", Deed.APPROVE_WRITE_OFFS),
    Place("inbox", "Inbox", "bell", "i", Deed.WORK_CUSTOMERS),
    Place("outbox", "Outbox", "send", "o", Deed.WORK_CUSTOMERS),
    Place("reports", "Reports", "chart-bar", "a", Deed.SEE_WHOLE_COMPANY),
    Place("imports", "Imports", "upload", "f", Deed.IMPORT_LEDGER),
    Place("segments", "Segments", "category", "s", Deed.EDIT_SEGMENTS),
    Place("letters", "Letters", "mail", "t", Deed.READ_LETTERS),
    Place("procedures", "Procedures", "calendar-event", "e", Deed.READ_LETTERS),
    Place("setup", "Set-up", "settings", "u", Deed.MANAGE_USERS),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A place as it stands in the rail of one reader."""

    place: Place
    url: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """A company the reader may see, and where choosing it leads."""

    name: str
    code: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new the company's ledger is, and whether that is too long ago. A list of open items is of a day,
    whenever it was brought in, and so is a file of transactions of some days ago.
    """

    applied_at: dt.datetime | None
    as_of: dt.date | None
    is_stale: bool


# Every address of a company begins like that of its home; these pages are parts of it.
PARTS_OF_HOME = ("home/", "covers/", "portfolios/", "hand-overs/")


def _is_at(place: Place, url: str, path: str) -> bool:
    if place.name == "home":
        return path == url or path.startswith(tuple(url + part for part in PARTS_OF_HOME))
    return path.startswith(url)


class Frame:
    """Everything ``base.html`` shows around a page, for one request. Made by ``frame_of``."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = request.user if isinstance(request.user, User) else None
        self.now = clock.now()
        self.csrf_cookie = settings.CSRF_COOKIE_NAME
        self.idle_seconds = settings.SESSION_IDLE_MINUTES * 60

    @cached_property
    def companies(self) -> list[Company]:
        """The companies the reader may see, by name."""
        return companies.seen_by(self.user) if self.user else []

    @cached_property
    def company(self) -> Company | None:
        """The company of the path; on pages without one the company last looked at, or the first."""
        match = self.request.resolver_match
        if match and "company" in match.kwargs:
            return self._with_code(match.kwargs["company"])
        last = self._with_code(self.request.session.get("company", "")) if self.companies else None
        return last or next(iter(self.companies), None)

    def _with_code(self, code: str) -> Company | None:
        return next((company for company in self.companies if company.code == code), None)

    @cached_property
    def zone(self) -> dt.tzinfo:
        """Moments are told in the company's zone."""
        return ZoneInfo(self.company.time_zone) if self.company else dt.UTC

    @cached_property
    def today(self) -> dt.date:
        """The company's business date."""
        return self.now.astimezone(self.zone).date()

    @cached_property
    def lines(self) -> list[Line]:
        """The rail: only what the role may use, the line one is on marked."""
        shown = [(place, url) for place in PLACES if self._may(place) and (url := self._url(place.name))]
        path = self.request.path
        current = max((url for place, url in shown if _is_at(place, url, path)), key=len, default="")
        return [Line(place, url, self._needs.get(place.name, 0), url == current) for place, url in shown]

    @cached_property
    def _needs(self) -> dict[str, int]:
        if self.user is None or self.company is None:
            return {}
        return needs.counts(self.user, self.company, today=self.today)

    @cached_property
    def nav(self) -> SafeString:
        """The rail as it stands on a wide screen, and once more in the small screen's menu."""
        return _nav(tuple(self.lines))

    @cached_property
    def freshness(self) -> Freshness | None:
        """How old the figures are; None while there is no company."""
        if self.company is None:
            return None
        news = received.newest(self.company)
        limit, until = self.company.stale_after_hours, news.true_until
        is_stale = until is not None and self.company.calendar.has_worked(
            limit, since=until.astimezone(ZoneInfo(self.company.time_zone)), until=self.now
        )
        return Freshness(applied_at=news.applied_at, as_of=news.as_of, is_stale=is_stale)

    @cached_property
    def imports_url(self) -> str:
        """Where the ledger comes from, for those who may bring it in; empty for others."""
        return next((line.url for line in self.lines if line.place.name == "imports"), "")

    @cached_property
    def switches(self) -> tuple[Switch, ...]:
        """Where the company switch leads: the home of each company."""
        return tuple(
            Switch(company.name, company.code, address("home", company), company == self.company)
            for company in self.companies
        )

    @property
    def company_name(self) -> str:
        """Of the company; empty while there is none."""
        return self.company.name if self.company else ""

    @cached_property
    def fresh(self) -> SafeString | str:
        """How old the figures are, in words; the same on a wide screen and in the small screen's menu."""
        return render_to_string("_frame_fresh.html", {"frame": self}) if self.freshness else ""

    @cached_property
    def user_menu(self) -> SafeString | str:
        """Who one is, and the way out; empty for nobody."""
        if self.user is None:
            return ""
        pattern = patterns.of(
            "_frame_user.html",
            name=str(self.user),
            role=self.user.get_role_display(),
            is_compact=self.user.uses_compact_rows,
            has_single_keys=self.user.uses_single_keys,
            preferences_url=self._url("preferences"),
            signing_in_url=self._url("signing_in"),
            sign_out_url=self._url("sign_out"),
        )
        return pattern.filled({"token": self.token, "here": self.request.get_full_path()})

    @cached_property
    def token(self) -> str:
        """What every form carries."""
        return get_token(self.request)

    @cached_property
    def search_url(self) -> str:
        """Where the search box of the top bar asks; empty while there is no company to search in."""
        return self._url("search")

    @cached_property
    def session_left_url(self) -> str:
        """Where a page asks how long one stays signed in; empty for nobody."""
        return self._url("session_left") if self.user else ""

    @cached_property
    def call_backs_url(self) -> str:
        """Where a page asks for agreed calls whose minute has come; empty for those who call nobody."""
        works = self.user is not None and self.user.may(Deed.WORK_CUSTOMERS)
        return address("call_backs", self.company) if works and self.company else ""

    def _may(self, place: Place) -> bool:
        return self.user is not None and (place.deed is None or self.user.may(place.deed))

    def _url(self, name: str) -> str:
        return address(name, self.company)


def address(name: str, company: Company | None) -> str:
    """Where a place is; empty when the product has no such door, or it needs a company and there is none."""
    return _address(name, company.code if company else "", settings.ROOT_URLCONF)


@lru_cache(ADDRESSES_KEPT_MAX)
def _address(name: str, code: str, product: str) -> str:
    """Every page asks for a dozen of them, and a product's addresses stay what they are."""
    for kwargs in ([{"company": code}] if code else []) + [{}]:
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return ""


@lru_cache(NAVS_KEPT_MAX)
def _nav(lines: tuple[Line, ...]) -> SafeString:
    """Everything that it shows is in ``lines``, so what is kept cannot be out of date."""
    return render_to_string("_frame_nav.html", {"lines": lines})


def frame_of(request: HttpRequest) -> Frame:
    """The frame of a request, made once."""
    frame: Frame | None = getattr(request, "frame", None)
    if frame is None:
        frame = Frame(request)
        request.frame = frame  # type: ignore[attr-defined]
    return frame


def company_or_404(request: HttpRequest) -> Company:
    """The company of the path. A stranger to it gets 404.

    Remembered, so that a member comes back to it from pages without a company.
    """
    company = frame_of(request).company
    if company is None:
        raise Http404("No such company.")
    if request.session.get("company") != company.code:
        request.session["company"] = company.code
    return company


def in_templates(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: ``frame`` in every template."""
    return {"frame": frame_of(request)}

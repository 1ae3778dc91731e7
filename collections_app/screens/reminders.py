"""The reminders that wait: what is held back first, with its reasons; then what a person approves, by group,
by tick or one at a time; what is to be done by hand; what is about to leave and can be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from collections_app.dunning import draft_lists, levels, takeovers
from collections_app.dunning.draft_lists import BY_CODE, VIEWS, Group, Place, Row
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftQuerySet
from collections_app.dunning.rules import drafting
from collections_app.dunning.rules.drafting import DraftState
from collections_app.dunning.rules.steps import CHANNEL_LABELS, LEVEL_LABELS, LEVEL_MAX, NO_LEVEL, Channel
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Deed
from collections_app.screens import bulk_approving, old_figures
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments
from collections_app.segmentation.segments import Segment

PAGE_ROWS = 50
PLACE_SALT = "reminders-place"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in words, with the address that lists it; ``may_approve`` says whether all of it is the
    reader's to approve.
    """

    group: Group
    label: str
    segment: str
    query: str
    is_current: bool
    may_approve: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words."""

    row: Row
    label: str
    why: Sequence[str]

    @property
    def outcome(self) -> str:
        """What became of it."""
        if self.draft.state == DraftState.APPROVED and self.draft.message:
            return self.draft.message.state_label
        return self.draft.state_label

    @property
    def draft(self) -> ReminderDraft:
        return self.row.draft


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which list is asked for, and which group of it."""

    view: str
    level: str
    segment: str
    channel: str

    @property
    def query(self) -> str:
        """As it stands in an address."""
        return urlencode({"view": self.view, **self.group})

    @property
    def group(self) -> dict[str, str]:
        """What of it is a group; nothing for all of them."""
        asked = {"level": self.level, "segment": self.segment, "channel": self.channel}
        return asked if self.channel else {}


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """A view of the drafts, its groups above. A page begins below the place in ``after``."""
    scope = scope_of(request, to=Deed.APPROVE_REMINDERS)
    return page(request, scope, chosen_in(request.GET, _first_view(scope)))


def visible_to(scope: Scope) -> QuerySet[Customer] | None:
    """The customers whose reminders the reader decides about; None for all of the company's."""
    if scope.user.may(Deed.SEE_WHOLE_COMPANY):
        return None
    return assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)


def following(scope: Scope, draft: ReminderDraft) -> ReminderDraft | None:
    """The next that waits for a yes below ``draft``, in the order of the list."""
    found = draft_lists.of_company(scope.company, visible=visible_to(scope), today=scope.today)
    waiting = draft_lists.in_view(found, "to_approve")
    return draft_lists.after(waiting, draft_lists.place_of(draft)).first()


def draft_or_404(request: HttpRequest, draft_id: int) -> tuple[Scope, ReminderDraft]:
    """One reminder, of a customer whose reminders the reader decides about."""
    scope = scope_of(request, to=Deed.APPROVE_REMINDERS)
    found = ReminderDraft.objects.filter(company=scope.company)
    visible = visible_to(scope)
    if visible is not None:
        found = found.filter(customer__in=visible.values("pk"))
    joined = found.select_related("company", "customer__company", "message", "decided_by", "posted_by")
    return scope, get_object_or_404(joined, pk=draft_id)


def page(
    request: HttpRequest, scope: Scope, chosen: Chosen, *, problems: Sequence[object] = (), status: int = 200
) -> HttpResponse:
    found = draft_lists.of_company(scope.company, visible=visible_to(scope), today=scope.today)
    listed = draft_lists.in_view(found, chosen.view)
    groups = _groups(listed, chosen, scope)
    listed = _of_group(listed, chosen)
    if last := _place(request.GET.get("after", "")):
        listed = draft_lists.after(listed, last)
    page = list(listed.select_related("customer", "message", "decided_by")[: PAGE_ROWS + 1])
    context = {
        "scope": scope,
        "views": VIEWS,
        "view": BY_CODE[chosen.view],
        "counts": draft_lists.counts(found),
        "chosen": chosen,
        "groups": groups,
        "lines": [_line(row) for row in draft_lists.rows(page[:PAGE_ROWS])],
        "more": _more(chosen, page[PAGE_ROWS - 1]) if len(page) > PAGE_ROWS else "",
        "is_first": last is None,
        "approves": chosen.view in ("to_approve", "held_back"),
        "posts": chosen.view == "to_post",
        "takes_back": chosen.view == "underway",
        "has_stopped": chosen.view == "to_post" and any(draft.stops for draft in page),
        "highest_level": _highest_level(scope),
        "is_taken_over": takeovers.is_beginning(scope.company, day=scope.today),
        "old_figures": old_figures.notices(scope),
        "problems": problems,
        **bulk_approving.on_its_way(scope),
    }
    return render_page(request, "reminders/index.html", context, status=status)


def _first_view(scope: Scope) -> str:
    """Exceptions first: what is held back, when there is any."""
    found = draft_lists.of_company(scope.company, visible=visible_to(scope), today=scope.today)
    return "held_back" if found.filter(state=DraftState.HELD_BACK).exists() else "to_approve"


def _highest_level(scope: Scope) -> str:
    """The highest level that is on, where not all of them are."""
    highest = levels.highest_on(company=scope.company, day=scope.today)
    if highest == NO_LEVEL:
        return "none"
    return "" if highest == LEVEL_MAX else LEVEL_LABELS[highest].lower()


def chosen_in(asked: QueryDict, usual: str) -> Chosen:
    view = asked.get("view", "") or usual
    if view not in BY_CODE:
        raise Http404("No such list of reminders.")
    level, segment, channel = (asked.get(name, "") for name in ("level", "segment", "channel"))
    if channel and not (level.isdecimal() and int(level) in LEVEL_LABELS and channel in set(Channel)):
        raise Http404("No such group of reminders.")
    return Chosen(view, level, segment, channel)


def _of_group(listed: ReminderDraftQuerySet, chosen: Chosen) -> ReminderDraftQuerySet:
    if not chosen.channel:
        return listed
    return listed.filter(level=int(chosen.level), segment_code=chosen.segment, channel=chosen.channel)


def _groups(listed: ReminderDraftQuerySet, chosen: Chosen, scope: Scope) -> list[GroupRow]:
    names = dict(Segment.objects.filter(version__company=scope.company).values_list("code", "name"))
    found = []
    for group in draft_lists.groups(listed):
        asked = Chosen(chosen.view, str(group.level), group.segment_code, group.channel)
        found.append(
            GroupRow(
                group=group,
                label=f"{LEVEL_LABELS[group.level]}, {CHANNEL_LABELS[Channel(group.channel)].lower()}",
                segment=names.get(group.segment_code, group.segment_code or "No segment"),
                query=asked.query,
                is_current=asked == chosen,
                may_approve=chosen.view == "to_approve" and _may_approve(group, scope),
            )
        )
    return found


def _may_approve(group: Group, scope: Scope) -> bool:
    """Single ones that a manager signs may be among a lower level; the verb asks again for each."""
    if not drafting.needs_manager(level=group.level, signer="", channel=group.channel):
        return True
    return scope.user.may(Deed.APPROVE_FINAL_NOTICES)


def _line(row: Row) -> Line:
    draft = row.draft
    label = f"{draft.level_label}, {draft.channel_label.lower()}"
    why = [stop["sentence"] for stop in draft.stops] or [
        words for words in (draft.because, draft.note) if words
    ]
    return Line(row, label, why)


def asked_of(
    request: HttpRequest, scope: Scope, chosen: Chosen, *, among: ReminderDraftQuerySet, at_once: int
) -> list[ReminderDraft]:
    """What is ticked, or with ``whole`` what the group holds now; of visible customers only, and one more
    than may be had ``at_once``.
    """
    visible = visible_to(scope)
    found = among.filter(company=scope.company)
    found = found if visible is None else found.filter(customer__in=visible.values("pk"))
    if request.POST.get("whole"):
        found = _of_group(found, chosen)
    else:
        ticked = [int(key) for key in request.POST.getlist("draft") if key.isdecimal() and len(key) < 19]
        found = found.filter(pk__in=ticked)
    return list(found.select_related("customer", "company")[: at_once + 1])


def address(scope: Scope) -> str:
    return reverse("reminders", kwargs={"company": scope.company.code})


def _more(chosen: Chosen, draft: ReminderDraft) -> str:
    place = draft_lists.place_of(draft)
    after = signing.dumps([place.level, place.name, place.pk], salt=PLACE_SALT)
    return f"{chosen.query}&{urlencode({'after': after})}"


def _place(text: str) -> Place | None:
    """The place in a link to the next page; None for anything that is none of ours."""
    try:
        return Place(*signing.loads(text, salt=PLACE_SALT)) if text else None
    except signing.BadSignature:
        return None


urlpatterns = [
    path("reminders/", index, name="reminders"),
]

"""One letter: its words, tried on a customer while they are written; saved as a draft, then published."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.correspondence import letter_drafts
from collections_app.correspondence.rules.letter_documents import DOCUMENTED
from collections_app.correspondence.rules.liquid_dialect import FILTERS, TAGS
from collections_app.correspondence.rules.purposes import LANGUAGES, PURPOSE_AIMS, PURPOSE_LABELS, Purpose
from collections_app.dunning import letter_publishings, letter_trials
from collections_app.jobs import letter_publishings as work
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page, sentence, wants_part
from collections_app.screens.letter_forms import LetterForm, Preview, filled, preview_of
from collections_app.screens.letters import address, letter_or_404, may_edit
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments

# The page of a preview waits so long for the frame that asks for it, or is asked for again.
SHOWN_SECONDS = 900
LATE_AFTER = dt.timedelta(seconds=letter_publishings.SECONDS_MAX)
SHOWS_FRAMES = {"frame-src": [SELF]}
# A letter's page keeps its styles with its words, as mail programs want it; it runs and loads nothing.
LETTER_ALONE = {
    **{name: [NONE] for name in ("default-src", "script-src", "img-src", "font-src", "connect-src")},
    "form-action": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [SELF],
    "sandbox": True,
}


@csp_update(SHOWS_FRAMES)  # type: ignore[arg-type]  # its types know views without arguments only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, company: str, purpose: str, language: str) -> HttpResponse:
    """The letter with its preview; a POST saves its words as the draft, and publishes them when asked to."""
    if request.method != "POST":
        scope = scope_of(request, to=Deed.READ_LETTERS)
        asked, spoken = letter_or_404(purpose, language)
        customer = _customer(scope, request.GET.get("customer", ""), spoken)
        draft = letter_drafts.draft(scope.company, asked, spoken)
        words = draft.words if draft else letter_drafts.words_now(scope.company, asked, spoken)
        form = LetterForm(initial=filled(words, draft, customer))
        return _page(request, scope, asked, spoken, form, customer)
    scope = scope_of(request, to=Deed.EDIT_LETTERS)
    asked, spoken = letter_or_404(purpose, language)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, scope, asked, spoken, form, status=UNPROCESSABLE)
    try:
        return _kept(request, scope, asked, spoken, form)
    except Refused as refused:
        return _page(request, scope, asked, spoken, form, problems=refused.problems, status=UNPROCESSABLE)


@csp_update(SHOWS_FRAMES)  # type: ignore[arg-type]  # its types know views without arguments only
@require_POST
def look(request: HttpRequest, company: str, purpose: str, language: str) -> HttpResponse:
    """The words as they are typed, tried on the customer; nothing is kept. htmx gets the preview alone."""
    scope = scope_of(request, to=Deed.READ_LETTERS)
    asked, spoken = letter_or_404(purpose, language)
    return _page(request, scope, asked, spoken, LetterForm(request.POST), fragment="preview")


@require_safe
def publishing(request: HttpRequest, company: str, purpose: str, language: str) -> HttpResponse:
    """How far a worker is with publishing the letter: the part that the page asks for again."""
    scope = scope_of(request, to=Deed.READ_LETTERS)
    asked, spoken = letter_or_404(purpose, language)
    if not wants_part(request):
        return go_to(request, address(scope, asked, spoken))
    context = {"scope": scope, "purpose": asked, "language": spoken, **_on_its_way(scope, asked, spoken)}
    return render(request, "letters/_publishing.html", context)


@csp_replace(LETTER_ALONE)  # type: ignore[arg-type]
@xframe_options_sameorigin
@require_safe
def page(request: HttpRequest, company: str, key: str) -> HttpResponse:
    """The HTML of a preview, alone in its frame, for whoever made it."""
    scope = scope_of(request, to=Deed.READ_LETTERS)
    found = cache.get(_cache_key(scope, key))
    if found is None:
        raise Http404("This preview is too old. Change a letter to see it anew.")
    return HttpResponse(found)


@require_POST
def discard(request: HttpRequest, company: str, purpose: str, language: str) -> HttpResponse:
    """Throw the draft away."""
    scope = scope_of(request, to=Deed.EDIT_LETTERS)
    asked, spoken = letter_or_404(purpose, language)
    draft = letter_drafts.draft(scope.company, asked, spoken)
    try:
        if draft:
            letter_drafts.discard(draft=draft, revision=_revision(request), by=scope.user, at=scope.at)
    except Refused as refused:
        return sentence(request, str(refused), status=409)
    messages.success(request, "The draft is gone; the letter stays as it was.")
    return go_to(request, address(scope, asked, spoken))


@require_POST
def original(request: HttpRequest, company: str, purpose: str, language: str) -> HttpResponse:
    """Write the letter that we bring along again."""
    scope = scope_of(request, to=Deed.EDIT_LETTERS)
    asked, spoken = letter_or_404(purpose, language)
    letter_drafts.back_to_default(
        company=scope.company, purpose=asked, language=spoken, by=scope.user, at=scope.at
    )
    messages.success(request, "The original is written again. Your own versions stay in the history.")
    return go_to(request, address(scope, asked, spoken))


def _kept(
    request: HttpRequest, scope: Scope, purpose: Purpose, language: str, form: LetterForm
) -> HttpResponse:
    given = form.cleaned_data
    draft = letter_drafts.save(
        company=scope.company,
        purpose=purpose,
        language=language,
        words=form.words,
        revision=given["revision"],
        by=scope.user,
        at=scope.at,
    )
    back = f"{address(scope, purpose, language)}?customer={given['customer']}"
    if request.POST.get("step") != "publish":
        messages.success(request, "The draft is saved. Letters go out as before until you publish it.")
        return go_to(request, back)
    count = len(letter_trials.customers_of(company=scope.company, purpose=purpose, today=scope.today))
    if count > letter_publishings.AT_ONCE_MAX:
        if not work.start(draft, customers=count, note=given["note"], by=scope.user, at=scope.at):
            return sentence(request, "No worker can be told just now. The draft is saved.", status=503)
        return go_to(request, back)
    letter_publishings.forget(draft)
    readers = letter_trials.readers(
        company=scope.company, purpose=purpose, language=language, today=scope.today
    )
    try:
        letter_drafts.publish(
            draft=draft,
            revision=draft.revision,
            customers=readers,
            note=given["note"],
            by=scope.user,
            at=scope.at,
        )
    except Refused as refused:
        # The words are kept: the form goes on from the draft that was just saved.
        form.data = request.POST.copy()
        form.data["revision"] = str(draft.revision)
        raise refused from None
    messages.success(request, f"Version {draft.number} is published: letters are written by it from now on.")
    return go_to(request, back)


def _page(
    request: HttpRequest,
    scope: Scope,
    purpose: Purpose,
    language: str,
    form: LetterForm,
    customer: Customer | None = None,
    *,
    problems: Sequence[Problem] = (),
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    asked = str(form["customer"].value() or "")
    customer = customer or _customer(scope, asked, language)
    preview = preview_of(
        scope,
        form.words,
        purpose=purpose,
        language=language,
        customer=customer,
        is_full=bool(form["is_full"].value()),
    )
    context: dict[str, Any] = {
        "scope": scope,
        "purpose": purpose,
        "language": language,
        "form": form,
        "problems": problems,
        "asked": asked,
        "preview": preview,
        "frame_url": _shown(scope, preview),
    }
    if not (fragment and wants_part(request)):
        context |= _around(scope, purpose, language)
    return render_page(request, "letters/show.html", context, fragment=fragment, status=status)


def _around(scope: Scope, purpose: Purpose, language: str) -> dict[str, Any]:
    history = letter_drafts.history(scope.company, purpose, language)
    return {
        "label": PURPOSE_LABELS[purpose],
        "aim": PURPOSE_AIMS[purpose],
        "language_label": LANGUAGES[language],
        "languages": LANGUAGES,
        "may_edit": may_edit(scope),
        "history": history,
        "documented": DOCUMENTED,
        "filters": FILTERS,
        "tags": TAGS,
        "suggested": letter_trials.suggested(scope.company, language=language, today=scope.today),
        **_on_its_way(scope, purpose, language),
    }


def _on_its_way(scope: Scope, purpose: Purpose, language: str) -> dict[str, Any]:
    """What a worker is at, or came to; forgotten once the letter has gone on since."""
    found = letter_publishings.found(scope.company, purpose, language)
    live = letter_drafts.live(scope.company, purpose, language)
    draft = letter_drafts.draft(scope.company, purpose, language)
    if found and letter_publishings.is_old(found, live=live, draft=draft):
        found = None
    is_open = found is not None and found.ended_at is None
    is_late = is_open and found is not None and scope.at - found.asked_at > LATE_AFTER
    waiting = {"publishing": found, "is_awaited": is_open and not is_late, "is_late": is_late}
    return {"live": live, "draft": draft, **waiting}


def _customer(scope: Scope, number: str, language: str) -> Customer | None:
    """The customer that was asked for, among those that the reader may see; else the first that fits."""
    visible = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    if scope.user.may(Deed.EDIT_LETTERS):
        visible = Customer.objects.filter(company=scope.company)
    if number.strip():
        return visible.select_related("company").filter(number=number.strip()).first()
    known = letter_trials.suggested(scope.company, language=language, today=scope.today)
    allowed = set(visible.filter(pk__in=[each.pk for each in known]).values_list("pk", flat=True))
    first = next((each for each in known if each.pk in allowed), None)
    return visible.select_related("company").get(pk=first.pk) if first else None


def _shown(scope: Scope, preview: Preview) -> str:
    """The address at which the HTML of a preview waits for its frame."""
    if preview.letter is None:
        return ""
    key = uuid4().hex
    cache.set(_cache_key(scope, key), preview.letter.html, SHOWN_SECONDS)
    return reverse("letter_preview_page", kwargs={"company": scope.company.code, "key": key})


def _cache_key(scope: Scope, key: str) -> str:
    return f"letter-preview:{scope.company.pk}:{scope.user.pk}:{key}"


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 9 else -1


urlpatterns = [
    path("letters/previews/<slug:key>/", page, name="letter_preview_page"),
    path("letters/<slug:purpose>/<slug:language>/", show, name="letter"),
    path("letters/<slug:purpose>/<slug:language>/look/", look, name="letter_look"),
    path("letters/<slug:purpose>/<slug:language>/publishing/", publishing, name="letter_publishing"),
    path("letters/<slug:purpose>/<slug:language>/discard/", discard, name="letter_discard"),
    path("letters/<slug:purpose>/<slug:language>/original/", original, name="letter_original"),
]

"""A reminder on paper: the letter as PDF, what is enclosed with a letter before action, and whether the
customer is a company or a person, on which that depends.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.correspondence import paper
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.dunning import approvals, draft_letters, enclosures, legal_forms, posting
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules import protocols
from collections_app.dunning.rules.drafting import OPEN, DraftState
from collections_app.dunning.rules.protocols import LEGAL_FORM_LABELS
from collections_app.dunning.rules.steps import Channel
from collections_app.lib.refusals import Refused
from collections_app.screens.file_answers import attachment
from collections_app.screens.htmx import go_to, sentence
from collections_app.screens.reminders import draft_or_404
from collections_app.screens.scoping import Scope

PDF = "application/pdf"


class LegalFormForm(forms.Form):
    """What the customer is before the law."""

    form = forms.ChoiceField(
        label="They are",
        choices=[("", "Not said yet"), *((form.value, label) for form, label in LEGAL_FORM_LABELS.items())],
        required=False,
    )


@dataclass(frozen=True, slots=True)
class Papers:
    """What can be printed, and the form that asks who owes, where that matters."""

    has_letter: bool
    enclosed: tuple[str, ...]
    legal_form: LegalFormForm | None


def papers_of(scope: Scope, draft: ReminderDraft) -> Papers:
    """The papers of one reminder. No queries below a letter before action, but
    for a statement.
    """
    is_letter = draft.channel == Channel.LETTER
    country = draft.customer.country or scope.company.country
    if not Channel(draft.channel).is_message:
        return Papers(is_letter, (), None)
    brings_statement = is_letter and draft.template == Purpose.STATEMENT
    is_asked = protocols.is_asked(level=draft.level, country=country)
    enclosed = (
        enclosures.names_of(_values(scope, draft), template=draft.template)
        if is_letter and (is_asked or brings_statement)
        else ()
    )
    if not is_asked:
        return Papers(is_letter, enclosed, None)
    known = legal_forms.of([draft.customer_id]).get(draft.customer_id, "")
    return Papers(is_letter, enclosed, LegalFormForm(initial={"form": known}))


@require_safe
def letter(request: HttpRequest, company: str, draft_id: int) -> HttpResponse:
    """The letter, to be printed and posted."""
    scope, draft = draft_or_404(request, draft_id)
    if draft.channel != Channel.LETTER:
        raise Http404("This reminder is no letter.")
    values = _values(scope, draft)
    if draft.state == DraftState.APPROVED:
        stops = posting.why_not(draft, company=scope.company, at=scope.at)
        if stops:
            return sentence(request, " ".join(stop.sentence for stop in stops), status=409)
    subject, body = draft.subject, draft.body
    if DraftState(draft.state) in OPEN:
        written = draft_letters.write(company=scope.company, drafts=[draft], by=scope.user, today=scope.today)
        found = written.letters.get(draft.pk)
        if found is None:
            return sentence(request, written.faults[draft.pk], status=409)
        subject, body = found.subject, found.body
    name = f"{draft.level_label} {draft.customer.number} {values.today.isoformat()}.pdf"
    return attachment(name, paper.letter(subject=subject, text=body, values=values), media_type=PDF)


@require_safe
def enclosure(request: HttpRequest, company: str, draft_id: int, place: int) -> HttpResponse:
    """One of the enclosures."""
    scope, draft = draft_or_404(request, draft_id)
    values = _values(scope, draft)
    names = enclosures.names_of(values, template=draft.template)
    if not 1 <= place <= len(names):
        raise Http404("There is no such enclosure.")
    name = names[place - 1]
    return attachment(name, enclosures.draw(draft.customer, values, name), media_type=PDF)


@require_POST
def say(request: HttpRequest, company: str, draft_id: int) -> HttpResponse:
    """Write down what the customer is."""
    scope, draft = draft_or_404(request, draft_id)
    try:
        said = legal_forms.say(draft.customer, form=request.POST.get("form", ""), by=scope.user, at=scope.at)
    except Refused as refused:
        return sentence(request, str(refused), status=422)
    messages.success(request, f"{draft.customer.name}: {str(said).lower()}. The letter follows it.")
    return go_to(request, reverse("reminder", kwargs={"company": company, "draft_id": draft.pk}))


def _values(scope: Scope, draft: ReminderDraft) -> LetterValues:
    """The facts of the day on which it was approved; of today while it waits."""
    by, day = scope.user, scope.today
    if DraftState(draft.state) not in OPEN and (approved := approvals.approval_of(draft)):
        by, day = approved.by or by, scope.company.today(at=approved.at)
    values = draft_letters.values_of(company=scope.company, drafts=[draft], by=by, today=day)
    if draft.pk not in values:
        raise Http404("The customer is not known any more.")
    return values[draft.pk]


ONE = "reminders/<int:draft_id>/"
urlpatterns = [
    path(f"{ONE}letter/", letter, name="reminder_letter"),
    path(f"{ONE}enclosures/<int:place>/", enclosure, name="reminder_enclosure"),
    path(f"{ONE}legal-form/", say, name="reminder_legal_form"),
]

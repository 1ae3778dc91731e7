"""The words of a prepared message, changed before it leaves, with the tone guard beside them."""

from django.contrib import messages as said
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from collections_app.dunning import message_words
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens import outbox
from collections_app.screens.htmx import UNPROCESSABLE, go_to
from collections_app.screens.scoping import scope_of
from collections_app.screens.words_form import WordsForm


@require_POST
def edit(request: HttpRequest, company: str, message_id: int) -> HttpResponse:
    """Keep other words: a new message in the place of this one."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    message = outbox.message_or_404(scope, message_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return outbox.page(request, scope, message, words=form, status=UNPROCESSABLE)
    try:
        made = message_words.edit(message, **form.cleaned_data, by=scope.user, at=scope.at)
    except Refused as refused:
        problems = refused.problems
        return outbox.page(request, scope, message, words=form, problems=problems, status=UNPROCESSABLE)
    said.success(request, "Your words are kept. It leaves when you send it.")
    return go_to(request, reverse("message", kwargs={"company": company, "message_id": made.pk}))


@require_POST
def judge(request: HttpRequest, company: str, message_id: int) -> HttpResponse:
    """What the tone guard says of words as they are typed; nothing is kept."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    message = outbox.message_or_404(scope, message_id)
    subject, body = request.POST.get("subject", ""), request.POST.get("body", "")
    hits = message_words.hits_of(message, subject, body, today=scope.today) if body.strip() else ()
    return render(request, "reminders/_hits.html", {"hits": hits})


urlpatterns = [
    path("outbox/<int:message_id>/words/", edit, name="message_words"),
    path("outbox/<int:message_id>/judge/", judge, name="message_judge"),
]

"""The page behind the link for somebody who is the wrong person for a reminder: one question, in their
language, and nothing else of the product.
"""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from collections_app.chase import wrong_people
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import purposes
from collections_app.correspondence.rules.wrong_person_words import WrongPersonWords, words_for
from collections_app.lib import clock, locales, walls
from collections_app.lib.refusals import Problem, Refused
from collections_app.screens import answers
from collections_app.screens.htmx import SEE_OTHER, UNPROCESSABLE


class WhoForm(forms.Form):
    """Whom to write to, in their words; nothing when they do not know."""

    who = forms.CharField(
        required=False,
        max_length=wrong_people.WHO_LETTERS_MAX,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, words: WrongPersonWords, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["who"].label = words.who


@csrf_exempt
@login_not_required
@decorator_from_middleware(answers.FormOfOurs)
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, token: str) -> HttpResponse:
    """The question; after it was answered, thanks. What is no link of ours leads nowhere."""
    at = clock.now()
    if answers.is_too_often(request):
        return answers.page(request, "answers/wait.html", {}, status=answers.TOO_MANY)
    message = wrong_people.read(token, at=at)
    if message is None:
        return answers.page(request, "answers/unknown.html", {}, status=answers.NOT_FOUND)
    walls.put_up([message.company_id])
    words = words_for(message.language)
    form, problems, status = WhoForm(words), tuple[Problem, ...](), 200
    if request.method == "POST":
        form, status = WhoForm(words, request.POST), UNPROCESSABLE
        if form.is_valid():
            try:
                wrong_people.tell(message, who=form.cleaned_data["who"], at=at)
                return answers.private(redirect("wrong_person", token=token), status=SEE_OTHER)
            except Refused as refusal:
                problems = refusal.problems
    context = {
        "words": words,
        "language": purposes.language_of(message.language),
        "is_told": wrong_people.is_told(message),
        "about": _said(words.about, message),
        "told": _said(words.told, message),
        "form": form,
        "problems": problems,
    }
    return answers.page(request, "answers/wrong_person.html", context, status=status)


def _said(words: str, message: Message) -> str:
    left = message.sent_at or message.claimed_at or message.prepared_at
    country = (message.customer.country if message.customer else "") or message.company.country
    locale = locales.locale_of(purposes.language_of(message.language), country)
    day = locales.day(message.company.today(at=left), locale)
    return words.format(company=message.company.name, address=message.to_address, day=day)


urlpatterns = [path("answer/wrong-person/<str:token>/", tell, name="wrong_person")]

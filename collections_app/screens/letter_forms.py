"""The form of a letter, and what its preview shows."""

from dataclasses import dataclass, field

from django import forms

from collections_app.correspondence import letter_templates
from collections_app.correspondence.letter_templates import LetterTemplate
from collections_app.correspondence.rules import letter_tone, letters
from collections_app.correspondence.rules.letters import Rendered, Unwritten, Words
from collections_app.correspondence.rules.liquid_dialect import SOURCE_LETTERS_MAX
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.correspondence.rules.tone import Hit
from collections_app.dunning import letter_trials
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Problem
from collections_app.screens.scoping import Scope


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "spellcheck": "true"})


class LetterForm(forms.Form):
    """A letter as a manager writes it, and whom it is tried on."""

    customer = forms.CharField(
        max_length=64,
        required=False,
        label="Tried on customer",
        help_text="Their number. Nothing is sent.",
        widget=forms.TextInput({"list": "letter-customers", "autocomplete": "off"}),
    )
    is_full = forms.BooleanField(
        required=False,
        label="With examples of what this customer has not",
        help_text="Earlier letters, a planned step, interest, a file.",
    )
    subject = forms.CharField(max_length=SOURCE_LETTERS_MAX, required=False, label="Subject", widget=_area(2))
    body = forms.CharField(max_length=SOURCE_LETTERS_MAX, required=False, label="Words", widget=_area(24))
    html = forms.CharField(
        max_length=SOURCE_LETTERS_MAX,
        required=False,
        label="HTML of your own",
        help_text="Leave it empty: the HTML is then made of the words, so that both always say the same.",
        widget=_area(10),
    )
    note = forms.CharField(
        max_length=letter_templates.NOTE_LETTERS_MAX,
        required=False,
        label="What changes, and why",
        help_text="For the history, when you publish.",
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @property
    def words(self) -> Words:
        """What is written in it, valid or not."""
        said = (str(self[name].value() or "") for name in ("subject", "body", "html"))
        return Words(*said)


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as one customer would read it; or what stands in the way."""

    customer: Customer | None
    letter: Rendered | None = None
    problems: list[Problem] = field(default_factory=list)
    hits: tuple[Hit, ...] = ()


def preview_of(
    scope: Scope, words: Words, *, purpose: Purpose, language: str, customer: Customer | None, is_full: bool
) -> Preview:
    """Write ``words`` to ``customer``, and ask the tone guard about them. Four queries."""
    if problems := letters.problems_of(words):
        return Preview(customer, problems=problems)
    if customer is None:
        return Preview(None)
    values = letter_trials.values_of(
        customer, purpose=purpose, language=language, today=scope.today, is_full=is_full
    )
    template = letters.compiled(words, purpose=purpose, language=language)
    try:
        letter = letters.render(template, values=values)
    except Unwritten as fault:
        return Preview(customer, problems=[Problem(fault.part, str(fault))])
    hits = letter_tone.hits_of(letter, values=values, purpose=purpose, language=language)
    return Preview(customer, letter=letter, hits=hits)


def filled(words: Words, draft: LetterTemplate | None, customer: Customer | None) -> dict[str, object]:
    """What the form starts with."""
    return {
        "subject": words.subject,
        "body": words.body,
        "html": words.html,
        "revision": draft.revision if draft else 0,
        "customer": customer.number if customer else "",
        "is_full": True,
    }

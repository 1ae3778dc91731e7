"""The form of a standing note; the customer's page shows it, ``standing_notes`` reads it."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from collections_app.contact.rules.noting import BETTER_LEFT_OUT, KIND_LABELS, WORDS_MAX
from collections_app.lib.refusals import Problem


class NoteForm(forms.Form):
    """A habit, or what to avoid, in a few words."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    as_it_is = forms.BooleanField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="It is", choices=[(kind.value, label) for kind, label in KIND_LABELS.items()]
    )
    words = forms.CharField(
        label="In a few words",
        max_length=WORDS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Write the habit, or what to avoid, in a few words."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "note_%s", **kwargs})
        if not self.is_bound:
            self.initial = {"form_key": uuid4(), **(self.initial or {})}

    def ask_once(self, problems: Sequence[Problem]) -> None:
        """Whoever was asked about a word and saves again wants it as it is."""
        if any(problem.code == BETTER_LEFT_OUT for problem in problems):
            assert isinstance(self.data, QueryDict)  # a copy of what was sent
            self.data["as_it_is"] = "on"

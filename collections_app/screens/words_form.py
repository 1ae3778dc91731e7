"""The words of a message that waits, changed by hand with the tone guard beside them."""

from django import forms

from collections_app.correspondence.rules import writing
from collections_app.dunning.rules.drafting import BECAUSE_LETTERS_MAX


class WordsForm(forms.Form):
    """Subject and words, the state that was changed, and why a warning of the tone guard is passed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    subject = forms.CharField(
        label="Subject",
        required=False,
        max_length=writing.SUBJECT_LETTERS_MAX,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    body = forms.CharField(
        label="Words",
        required=False,
        max_length=writing.BODY_LETTERS_MAX,
        widget=forms.Textarea({"rows": 16, "class": "letter-words"}),
    )
    because = forms.CharField(
        label="Why a warning is passed",
        required=False,
        max_length=BECAUSE_LETTERS_MAX,
        help_text="Only where the tone guard warns, and you have a reason.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def typed(self, subject: str, body: str) -> tuple[str, str]:
        """What stands in it: as it was typed, or as it was given."""
        if not self.is_bound:
            return subject, body
        return str(self["subject"].value() or ""), str(self["body"].value() or "")

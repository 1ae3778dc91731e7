"""Forms by which all orders of one customer are held, a rule is set aside for them, or their limit ends."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django import forms

from collections_app.holds.customer_terms import CreditTerm, ForcedHold
from collections_app.holds.rules.reasons import EXCLUDABLE, REASON_LABELS
from collections_app.holds.rules.steering import WORDS_LETTERS_MAX
from collections_app.screens.commitment_forms import day_field
from collections_app.screens.fields import DayField

EVERY_RULE = ("", "every rule")
PROPOSED_DAYS = 14


def _words(label: str, **options: Any) -> forms.CharField:
    quiet = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=WORDS_LETTERS_MAX, widget=quiet, **options)


class ForceForm(forms.Form):
    """Why every order of theirs is to wait."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    reason = _words("Why all their orders wait", help_text="For colleagues; salespeople read who to ask.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "force_%s", **kwargs})
        if not self.is_bound:
            self.initial = {"form_key": uuid4()}


class LiftForm(forms.Form):
    """Why orders need not wait any more."""

    because = _words("Why orders may go again")

    def __init__(self, *args: Any, forced: ForcedHold | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "lift_%s", **kwargs})
        self.forced = forced


class ExcludeForm(forms.Form):
    """Which rule does not hold their orders, up to which day, and why. ``most`` is the largest order that the
    reader lets go alone, as people write it; empty for any.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.ChoiceField(
        label="Set aside",
        required=False,
        choices=[*((code.value, REASON_LABELS[code]) for code in EXCLUDABLE), EVERY_RULE],
    )
    until = day_field("Up to and with")
    reason = _words("Why it is set aside")

    def __init__(self, *args: Any, today: dt.date, most: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "exclude_%s", **kwargs})
        if most:
            text = f"For their orders up to {most}; the finance director sets it aside for larger ones."
            self.fields["code"].help_text = text
        if not self.is_bound:
            until = today + dt.timedelta(days=PROPOSED_DAYS)
            # The narrowest first: whoever means every rule chooses it.
            self.initial = {"form_key": uuid4(), "until": until, "code": EXCLUDABLE[0].value}


class ExpiryForm(forms.Form):
    """Until when the credit limit holds."""

    on = DayField("The credit limit holds up to and with")

    def __init__(self, *args: Any, term: CreditTerm | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "expiry_%s", **kwargs})
        if term and not self.is_bound:
            self.initial = {"on": term.limit_expires_on}

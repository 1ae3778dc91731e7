"""Fields of forms that read what people type: amounts with separators, days."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from collections_app.lib import money

# 1,234 and 12,345,678.90; not 12,50 and not 1,2345.
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")


class DayField(forms.DateField):
    """A day that need not be given."""

    def __init__(self, label: str) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=False, widget=widget)


class TimeField(forms.TimeField):
    """A time of day that need not be given."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label, required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
        )


class MoneyField(forms.DecimalField):
    """An amount that need not be given."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            max_digits=money.MAX_DIGITS,
            decimal_places=money.DECIMAL_PLACES,
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "num"}),
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """People write thousands separators; commas that are all of that kind are dropped. Any other comma
        may stand for the decimals, and a hundred times too much is worse than being asked.
        """
        if isinstance(value, str) and "," in value:
            if not THOUSANDS.fullmatch(value.strip()):
                raise forms.ValidationError(f"“{value.strip()}” is not clear. Write it like 1,234.50.")
            value = value.replace(",", "")
        return super().to_python(value)

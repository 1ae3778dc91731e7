"""An amount as people type it, for forms."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from collections_app.lib import money

THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")


class MoneyField(forms.DecimalField):
    """Digits, a point, and commas between thousands. Whether something must be typed, the rule says."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            max_digits=money.MAX_DIGITS,
            decimal_places=money.DECIMAL_PLACES,
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "num"}),
            **options,
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """A comma that is none between thousands may stand for the decimals, and a hundred times too much is
        worse than being asked.
        """
        if isinstance(value, str) and "," in value:
            if not THOUSANDS.fullmatch(value.strip()):
                raise forms.ValidationError(f"“{value.strip()}” is not clear. Write it like 1,234.50.")
            value = value.replace(",", "")
        return super().to_python(value)

"""The forms of a hand-over: which customers, and to whom from when."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms

from collections_app.ledger.companies import collectors_of
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.people.users import User
from collections_app.screens.fields import DayField, MoneyField
from collections_app.screens.hold_forms import words_field
from collections_app.screens.scoping import Scope
from collections_app.segmentation import hand_over_portfolios, portfolios, segments, versions
from collections_app.segmentation.hand_over_rows import WORDS_LETTERS_MAX
from collections_app.segmentation.hand_overs import Wanted
from collections_app.templatetags import formats

ANY = ("", "any")
ONLY_THESE, NEW_TOO = "these", "new"


class WantedForm(forms.Form):
    """Whose customers, and which of them; all of it stands in the address."""

    giver = forms.ModelChoiceField(
        User.objects.none(), label="Customers of", empty_label="choose …",
        error_messages={"required": "Choose whose customers they are."},
    )  # fmt: skip
    portfolio = forms.ChoiceField(label="Portfolio", required=False)
    segment = forms.ChoiceField(label="Segment", required=False)
    country = forms.ChoiceField(label="Country", required=False)
    at_least = MoneyField("Overdue from")
    at_most = MoneyField("Overdue up to")

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "wanted_%s", **kwargs})
        self.scope = scope
        self.fields["giver"].queryset = collectors_of(scope.company).order_by("full_name")  # type: ignore[attr-defined]
        live = versions.live(scope.company)
        ours = Customer.objects.filter(company=scope.company).exclude(country="").order_by("country")
        countries = ours.values_list("country", flat=True).distinct()
        choices: dict[str, list[tuple[str, str]]] = {
            "portfolio": [(str(each.pk), str(each)) for each in portfolios.of(scope.company)],
            "segment": [(each.code, each.name) for each in (segments.of(live) if live else [])],
            "country": [
                (code, formats.country(code))
                for code in countries.values_list("country", flat=True).distinct()
            ],
        }
        for name, given in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [ANY, *given]

    def clean(self) -> dict[str, Any] | None:
        """Amounts in their order."""
        given = super().clean()
        least, most = self.cleaned_data.get("at_least"), self.cleaned_data.get("at_most")
        if least is not None and most is not None and most < least:
            self.add_error("at_most", "Choose an amount that is not below the first one.")
        return given

    @property
    def wanted(self) -> Wanted:
        """Who is meant, of a form that is valid."""
        given = self.cleaned_data
        portfolio = int(given["portfolio"]) if given["portfolio"] else None
        return Wanted(
            given["giver"], portfolio, given["segment"], given["country"], given["at_least"], given["at_most"]
        )

    @property
    def words(self) -> str:
        """The same in words."""
        given = self.cleaned_data
        said = [
            f"{name} {dict(self.fields[name].choices)[given[name]]}"  # type: ignore[attr-defined]
            for name in ("portfolio", "segment", "country")
            if given[name]
        ]
        for name, text in (("at_least", "overdue from"), ("at_most", "overdue up to")):
            if given[name] is not None:
                said.append(f"{text} {self._shown(given[name])}")
        return ", ".join(said) or "all of them"

    def _shown(self, amount: Decimal) -> str:
        return money.shown(amount, self.scope.company.currency)


class HandOverForm(forms.Form):
    """To whom, from when, and how many were shown. What is missing the rule says itself."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    taker = forms.ModelChoiceField(
        User.objects.none(), label="Looked after by", empty_label="choose …", required=False
    )
    first_on = DayField("From")
    new_ones = forms.ChoiceField(
        label="New customers", widget=forms.RadioSelect,
        error_messages={"required": "Choose whether new customers pass too."},
    )  # fmt: skip
    words = words_field("For whoever takes over", WORDS_LETTERS_MAX, rows=2)

    def __init__(self, *args: Any, scope: Scope, wanted: Wanted, seen: int, **kwargs: Any) -> None:
        giver = wanted.giver
        initial = {"form_key": uuid4(), "seen": seen, "first_on": scope.today}
        super().__init__(*args, **{"auto_id": "hand_over_%s", "initial": initial, **kwargs})
        others = collectors_of(scope.company).exclude(pk=giver.pk)
        self.fields["taker"].queryset = others.order_by("full_name")  # type: ignore[attr-defined]
        passing = hand_over_portfolios.theirs(scope.company, giver, wanted.portfolio)
        if wanted.is_part or not passing:
            del self.fields["new_ones"]
            return
        names = ", ".join(f"“{each}”" for each in passing)
        choices = [
            (ONLY_THESE, f"These customers only: whom {names} takes later goes to {giver} still"),
            (NEW_TOO, f"{names} from now on: whom it takes later goes to the new collector too"),
        ]
        self.fields["new_ones"].choices = choices  # type: ignore[attr-defined]

    @property
    def with_new(self) -> bool:
        """Whether portfolios pass too, of a form that is valid."""
        return bool(self.cleaned_data.get("new_ones") == NEW_TOO)

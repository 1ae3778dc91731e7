"""A field that reads alike for everybody is written once; what is somebody's own is written each time."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms

from collections_app.templatetags import kept_fields, workbench


class Asked(forms.Form):
    said = forms.CharField(label="What they said", required=False, max_length=9, help_text="In short.")
    on = forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    how = forms.ChoiceField(choices=[("call", "Call"), ("email", "Email")])
    whom = forms.ChoiceField(choices=[], required=False)
    sure = forms.BooleanField(required=False)

    def __init__(self, *args: Any, people: tuple[str, ...] = (), last: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "ask_%s", **kwargs})
        whom = self.fields["whom"]
        assert isinstance(whom, forms.ChoiceField)
        whom.choices = [(name, name) for name in people]
        if last:
            self.fields["on"].widget.attrs |= {"max": last}


class Another(Asked):
    said = forms.CharField(label="Why", widget=forms.Textarea)


FORMS: tuple[Callable[[], Asked], ...] = (
    lambda: Asked(people=("Ada",)),
    lambda: Asked(people=("Bob", "Cy")),
    lambda: Asked(last="2026-03-04"),
    lambda: Asked(last="2026-03-05", initial={"on": dt.date(2026, 3, 2), "how": "email", "sure": True}),
    lambda: Asked(initial={"on": dt.date(2026, 3, 3), "said": "late", "sure": False}),
    lambda: Asked(prefix="second", auto_id="other_%s"),
    lambda: Asked({"on": "soon", "said": "far too long"}),
    lambda: Asked({"on": "2026-03-02", "how": "call"}),
    lambda: Another(),
    lambda: Asked(use_required_attribute=False),
)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    kept_fields._kept.clear()
    yield
    kept_fields._kept.clear()


def written(form: forms.Form, *options: str, keeps: bool) -> list[str]:
    return [kept_fields.kept(bound, options, workbench._field, keeps=keeps) for bound in form]


@pytest.mark.parametrize("options", [(), ("key=a", "wide"), ("bare",)])
def test_every_field_reads_as_if_it_were_written_anew(options: tuple[str, ...]) -> None:
    for _ in range(2):
        for make in FORMS:
            assert written(make(), *options, keeps=True) == written(make(), *options, keeps=False)


def test_what_reads_alike_is_written_once() -> None:
    calls = []

    def write(bound: Any, *options: str) -> Any:
        calls.append(bound.name)
        return workbench._field(bound, *options)

    for people in (("Ada",), ("Bob", "Cy")):
        for bound in Asked(people=people):
            kept_fields.kept(bound, (), write, keeps=True)

    assert calls == ["said", "on", "how", "whom", "sure", "whom"]


def test_nothing_that_is_somebodys_own_is_kept() -> None:
    written(Asked(people=("Ada Lovelace",), initial={"said": "Ada is ill"}), keeps=True)
    written(Asked({"said": "Ada", "on": "2026-03-02"}, people=("Ada",)), keeps=True)
    assert "Ada" not in "".join(kept_fields._kept.values())


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_fields, "KEPT_MAX", 3)
    for day in range(1, 9):
        written(Asked(last=f"2026-03-0{day}"), keeps=True)
        assert len(kept_fields._kept) <= 3

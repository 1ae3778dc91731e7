"""Templates that people write stay within limits, and what is refused is said with its line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collections_app.correspondence.rules import liquid, liquid_dialect
from collections_app.correspondence.rules.liquid import Fault

SHAPE = {"customer": {"name": None}, "rows": [{"number": None}], "days": [None]}
VALUES = {
    "customer": {"name": "Osei <& Sons>"},
    "rows": [{"number": f"INV-{place}"} for place in range(40)],
    "days": ["3 March", "10 March"],
}


def written(source: str, *, escaped: bool = False) -> str:
    return liquid.write(liquid.read(source, shape=SHAPE, escaped=escaped), VALUES)


def fault(source: str) -> Fault:
    with pytest.raises(Fault) as refused:
        written(source)
    return refused.value


def test_values_conditions_and_lists_are_written_out() -> None:
    source = (
        "{% if days.size > 1 %}{{ days | join: ' and ' }}{% endif %}, "
        "{% for row in rows limit: 2 %}{{ row.number }}{% unless forloop.last %} + {% endunless %}"
        "{% endfor %}"
    )
    assert written(source) == "3 March and 10 March, INV-0 + INV-1"


def test_html_escapes_what_comes_from_the_ledger_and_text_does_not() -> None:
    assert written("{{ customer.name }}") == "Osei <& Sons>"
    assert written("<b>{{ customer.name }}</b>", escaped=True) == "<b>Osei &lt;&amp; Sons&gt;</b>"
    assert written("{{ customer.name | append: '!' | upcase }}", escaped=True) == "OSEI &lt;&amp; SONS&gt;!"


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ("Hello\n{{ customer.nmae }}", 2, "There is no value “customer.nmae”. Did you mean “customer.name”?"),
        ("{{ custmer.name }}", 1, "There is no value “custmer”. Did you mean “customer”?"),
        ("\n\n{% if custoner %}{% endif %}", 3, "There is no value “custoner”. Did you mean “customer”?"),
        ("{% if false %}{{ customer.fax }}{% endif %}", 1, "There is no value “customer.fax”."),
        (
            "{% for row in rows %}\n{{ row.numbr }}{% endfor %}",
            2,
            "There is no value “row.numbr”. Did you mean “row.number”?",
        ),
        ("{{ customer.name | upcaes }}", 1, "There is no filter “upcaes”. There are: append,"),
        ("{% include 'other' %}", 1, "There is no {% include %} here. There are: if,"),
        ("{% render 'other' %}", 1, "There is no {% render %} here."),
        ("{% if customer.name %}\nx", None, "Something is begun and not ended: {% endif %} is missing."),
        ("x\n{{ customer.name", 2, "This cannot be read:"),
        ("{{ customer }}", 1, "“customer” is a group of values: name one of them, such as customer.name."),
        ("{{ rows }}", 1, "“rows” is a list: go through it with for, or join it."),
        ("{{ rows.number }}", 1, "“rows” is a list: go through it with for, as in {% for one in rows %}."),
        ("{{ rows | join: ', ' }}", None, "These are groups of values:"),
        ("{{ customer[customer.name] }}", 1, "A value is named directly,"),
        ("{{ now }}", 1, "There is no value “now”."),
        ("{{ 'now' | date: '%Y' }}", 1, "There is no filter “date”."),
        ("{{ customer.name | times: 2 }}", 1, "There is no filter “times”."),
    ],
)
def test_it_refuses_with_the_line_and_a_friendly_sentence(
    source: str, line: int | None, sentence: str
) -> None:
    refused = fault(source)
    assert refused.sentence.startswith(sentence)
    assert refused.line == line


@pytest.mark.parametrize(
    "source",
    [
        "{{ customer.__class__ }}",
        "{{ customer.name.__class__.__mro__ }}",
        "{{ customer['__init__'] }}",
        "{{ rows.first.__len__ }}",
        "{% for row in rows %}{{ row.__class__ }}{% endfor %}",
        "{% assign own = customer.name %}{{ own.__class__ }}",
        "{{ customer.name.upper }}",
        "{{ customer.items }}",
    ],
)
def test_nothing_behind_the_values_can_be_reached(source: str) -> None:
    assert "There is no value" in fault(source).sentence


def test_counting_to_a_billion_is_not_offered() -> None:
    assert "Counting with" in fault("{% for n in (1..1000000000) %}x{% endfor %}").sentence
    assert "Counting with" in fault("{% assign n = (1..1000000000) %}{{ n | join: ',' }}").sentence


def test_loops_within_loops_come_to_an_end() -> None:
    inner = "{% for a in rows %}{% for b in rows %}{% for c in rows %}x{% endfor %}{% endfor %}{% endfor %}"
    assert "repeats itself more than 20,000 times" in fault(inner).sentence


def test_a_text_that_doubles_itself_comes_to_an_end() -> None:
    doubling = (
        "{% assign x = 'abcdefgh' %}{% for a in rows %}{% assign x = x | append: x %}{% endfor %}{{ x }}"
    )
    assert "becomes longer than" in fault(doubling).sentence


def test_the_output_comes_to_an_end() -> None:
    long = "y" * 400
    source = f"{{% for a in rows %}}{{% for b in rows %}}{long}{{% endfor %}}{{% endfor %}}"
    assert "longer than 200,000 letters" in fault(source).sentence


def test_names_of_its_own_come_to_an_end() -> None:
    assigns = "".join(f"{{% assign a{place} = long %}}" for place in range(30))
    source = "{% capture long %}" + "z" * 8000 + "{% endcapture %}" + assigns
    assert "keeps more in names" in fault(source).sentence


def test_a_letter_takes_no_longer_than_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liquid_dialect, "SECONDS_MAX", -1.0)
    assert "takes longer than" in fault("{% for row in rows %}x{% endfor %}").sentence


def test_a_template_of_its_own_length_is_refused() -> None:
    assert "Keep it within 20,000 letters" in fault("x" * 20_001).sentence


def test_deep_nesting_is_refused_and_breaks_nothing() -> None:
    deep = "{% if customer.name %}" * 200 + "x" + "{% endif %}" * 200
    assert fault(deep).sentence


PARTS = "{{ }} {% %} if for end endif endfor customer . name | join : ' rows ( .. ) [ ] 1 x"


@given(st.lists(st.sampled_from([*PARTS.split(), "\n"]), max_size=25))
def test_whatever_is_written_is_written_out_or_refused(parts: list[str]) -> None:
    with suppress(Fault):
        assert isinstance(written(" ".join(parts)), str)

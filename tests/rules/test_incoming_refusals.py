"""Customers who say by which day they cannot pay, and those who say so and promise another."""

import datetime as dt

import pytest

from collections_app.correspondence.rules.incoming import ReplySort, sorting

# A Wednesday.
TODAY = dt.date(2026, 3, 18)

REFUSED = {
    "en": """
        We will not be able to pay by 30 March.
        We cannot pay on 27 March, sorry.
        Don't expect to be paid by 30 March.
        We cannot, as agreed, pay on 27 March.
        Payment on 27 March is not possible.
        We won't make the payment run of 26 March.
        The invoice will not be paid before 30 March.
        Unfortunately we are unable to settle this by 31 March.
        We will, unfortunately, not pay by 30 March.
        We will pay. But not by 30 March.
        It is unlikely that we can pay this by the end of the month.
    """,
    "de": """
        Wir können am 30. März nicht zahlen.
        Wir koennen am 30. März leider nicht zahlen.
        Die Rechnung wird bis zum 30. März nicht bezahlt.
        Eine Zahlung am 26. März ist nicht möglich.
        Wir werden die Rechnung, die am 30. März fällig ist, nicht zahlen.
        Wir können nicht, wie vereinbart, am 26. März überweisen.
    """,
    "nl": """
        Wij kunnen op 26 maart niet betalen.
        De factuur wordt niet op 26 maart betaald.
        We zullen dit helaas niet voor 31 maart betalen.
    """,
    "fr": """
        Nous ne pourrons pas payer le 30 mars.
        La facture ne sera pas payée le 26 mars.
        Il nous est impossible de régler le 26 mars.
        Nous ne pourrons pas, pour des raisons de trésorerie, payer le 30 mars.
    """,
    "es": """
        No podremos pagar el 30 de marzo.
        La factura no se pagará el 26 de marzo.
        No vamos a poder hacer la transferencia el 26 de marzo.
    """,
}
# What is refused first, and then what is promised.
NEVERTHELESS = {
    "en": """
        We cannot pay on 20 March, but we will pay on 26 March. | 26
        We have not paid yet, we will pay on 26 March. | 26
        Don't worry, we'll pay on 26 March. | 26
        Payment on 20 March is not possible. We will pay on 26 March. | 26
        We did not receive it in time and will pay on 26 March. | 26
        I can't pay all of it on 20 March; half will be paid on 26 March. | 26
    """,
    "de": """
        Wir können am 20. März nicht zahlen, aber wir überweisen am 26. März. | 26
        Wir haben noch nicht gezahlt, die Zahlung erfolgt am 26. März. | 26
        Keine Sorge, wir zahlen am 26. März. | 26
    """,
    "nl": "We hebben nog niet betaald, maar we betalen op 26 maart. | 26",
    "fr": "Nous ne pouvons pas payer le 20 mars mais nous paierons le 26 mars. | 26",
    "es": "No podemos pagar el 20 de marzo, pero pagaremos el 26 de marzo. | 26",
}


def _lines(by_language: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (language, line.strip())
        for language, lines in by_language.items()
        for line in lines.splitlines()
        if line.strip()
    ]


@pytest.mark.parametrize(("language", "line"), _lines(REFUSED))
@pytest.mark.parametrize("hint", ["en", "de", "fr"])
def test_a_day_by_which_they_cannot_pay_is_no_promise(language: str, line: str, hint: str) -> None:
    got = sorting.sort(line, hint=hint, country="GB", today=TODAY)

    assert got.sort in (ReplySort.OTHER, ReplySort.QUERY)
    assert got.promised_on is None


@pytest.mark.parametrize(("language", "line"), _lines(NEVERTHELESS))
def test_what_is_promised_instead_is_a_promise(language: str, line: str) -> None:
    words, _, day = line.partition(" | ")
    got = sorting.sort(words, hint=language, country="GB", today=TODAY)

    assert (got.sort, got.promised_on) == (ReplySort.PROMISE, dt.date(2026, 3, int(day)))

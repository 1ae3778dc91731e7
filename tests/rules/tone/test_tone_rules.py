"""Single rules of the tone guard, where an example says more than a whole draft."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.correspondence.rules import Audience, tone
from collections_app.correspondence.rules.tone import (
    Action,
    Consequence,
    Draft,
    Facts,
    InvoiceFact,
    Severity,
    Stage,
    Sum,
    vocabulary,
)
from collections_app.correspondence.rules.tone.amounts import amounts_in
from collections_app.correspondence.rules.tone.days import days_in
from collections_app.correspondence.rules.tone.plainness import flesch, lix, syllables_of

DUE = dt.date(2026, 3, 14)


def rules_in(body: str, **given: object) -> set[str]:
    """The rules that answer to a body."""
    return {hit.rule for hit in tone.check(Draft("", body, **given))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "text", "amount", "currency"),
    [
        ("en", "£4,200.00", "4200.00", "GBP"),
        ("en", "EUR 1,234.56", "1234.56", "EUR"),
        ("en", "USD500", "500", "USD"),
        ("en", "4,200 pounds", "4200", "GBP"),
        ("en", "£4.200", "4.200", "GBP"),
        ("de", "1.234,56 €", "1234.56", "EUR"),
        ("de", "4.200 EUR", "4200", "EUR"),
        ("de", "4,200 €", "4.200", "EUR"),
        ("de", "CHF 1'234.50", "1234.50", "CHF"),
        ("de", "12.000,- €", "12000", "EUR"),
        ("de", "KWD 1,234", "1.234", "KWD"),
        ("fr", "1\u202f234,56\u00a0€", "1234.56", "EUR"),
        ("fr", "2 500 euros", "2500", "EUR"),
        ("es", "1234,56 €", "1234.56", "EUR"),
        ("nl", "€ 1.234,56", "1234.56", "EUR"),
        ("nl", "€ 4.200,-", "4200", "EUR"),
    ],
)
def test_an_amount_means_what_a_reader_of_the_language_reads(
    language: str, text: str, amount: str, currency: str
) -> None:
    even = f"x {text}. y".translate({0x202F: " ", 0xA0: " "})
    (written,) = amounts_in(even, language)

    assert written.amount == Decimal(amount)
    assert currency in written.currencies


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "14 March 2026"),
        ("en", "14th of march"),
        ("en", "march 14, 2026"),
        ("en", "2026-03-14"),
        ("en", "14/03/2026"),
        ("en", "03/14/2026"),
        ("de", "14. märz 2026"),
        ("de", "14.03.2026"),
        ("de", "14.3.26"),
        ("fr", "14 mars 2026"),
        ("es", "14 de marzo de 2026"),
        ("nl", "14 maart"),
        ("nl", "14-03-2026"),
    ],
)
def test_a_day_is_read_as_the_language_writes_it(language: str, text: str) -> None:
    (day,) = days_in(f"on {text.lower()} we", vocabulary.of(language).months)

    assert day.is_day(DUE)
    assert not day.is_day(DUE + dt.timedelta(days=1))


@pytest.mark.parametrize("text", ["31 february", "32.01.2026", "version 1.2.3", "5/6", "+44 113 496 0000"])
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert days_in(text, vocabulary.of("en").months) == []


@pytest.mark.parametrize(
    ("stage", "rules"),
    [
        (Stage.COURTESY, {"T01"}),
        (Stage.R1, {"T01"}),
        (Stage.R3, {"T01"}),
        (Stage.FINAL, set()),
        (Stage.LBA, set()),
    ],
)
def test_court_is_named_in_the_last_two_stages_only(stage: Stage, rules: set[str]) -> None:
    found = rules_in("We would have to go to court.", stage=stage, purpose=tone.Purpose.OTHER)

    assert found == rules


@pytest.mark.parametrize(
    "words",
    [
        "14 Court Road",
        "Court Farm Foods",
        "our office in Earls Court, London",
        "the tennis court",
        "Your legal name",
        "Urgent Couriers Ltd",
        "We spoke with Sue on Monday",
        "Excuse our mistake",
        "It is in your own interest",
    ],
)
def test_words_that_only_look_like_trouble_pass(words: str) -> None:
    assert rules_in(f"{words}.", purpose=tone.Purpose.OTHER) == set()


@pytest.mark.parametrize(
    ("language", "ordinary", "meant", "rule"),
    [
        ("en", "Our legal department asked for a copy.", "Our legal department will write next.", "T01"),
        ("en", "Your solicitor wrote to us.", "You had best tell your solicitor.", "T01"),
        ("en", "The pallets are with the collection agent.", "It goes to a collection agent.", "T01"),
        ("en", "Your urgent order left today.", "It is urgent that you pay.", "T07"),
        ("en", "We have corrected it immediately.", "We are expecting it immediately.", "T07"),
        ("en", "Please pay or let me know.", "Please pay or face it.", "T02"),
        ("en", "The course on health and safety is done.", "We know about your health.", "T10"),
        ("nl", "Onze juridische afdeling vraagt een kopie.", "Onze juridische afdeling schrijft u.", "T01"),
        ("nl", "Onze monteur kan dinsdag langskomen.", "Wij zullen bij u langskomen.", "T02"),
        ("nl", "Onze bankgegevens zijn niet veranderd.", "Onze bankgegevens zijn nu veranderd.", "M04"),
        ("de", "Das Gericht vom Buffet war gut.", "Das Gericht wird entscheiden.", "T01"),
        ("de", "Ihre neue Bankverbindung ist notiert.", "Unsere neue Bankverbindung steht unten.", "M04"),
        ("fr", "La palette d'avocats est partie.", "Nos avocats s'en occupent.", "T01"),
        ("fr", "C'est une erreur de saisie.", "Nous demanderons une saisie.", "T01"),
        (
            "es",
            "El departamento legal nos ha pedido una copia.",
            "El departamento legal le escribirá.",
            "T01",
        ),
        ("es", "Su pedido urgente ha salido.", "Es urgente que pague.", "T07"),
    ],
)
def test_the_same_word_passes_where_it_is_ordinary_and_is_told_where_it_is_meant(
    language: str, ordinary: str, meant: str, rule: str
) -> None:
    assert rules_in(ordinary, language=language, purpose=tone.Purpose.OTHER) == set()
    assert rule in rules_in(meant, language=language, purpose=tone.Purpose.OTHER)


@pytest.mark.parametrize(
    ("language", "left_out", "claimed"),
    [
        ("en", "The loan is interest-free.", "An interest-free loan ends; now you owe interest."),
        ("nl", "Wij hebben geen rente berekend.", "U hebt niet betaald, dus is er rente verschuldigd."),
        ("de", "Zinsen haben wir nicht berechnet.", "Da Sie nicht zahlen, berechnen wir Zinsen."),
        ("fr", "Nous n'avons compté aucun intérêt.", "Vous n'avez rien payé, nous appliquons des pénalités."),
        ("es", "No hemos aplicado intereses.", "No hemos recibido el pago y aplicaremos intereses."),
    ],
)
def test_interest_that_is_left_out_is_no_claim_and_interest_that_is_claimed_is_one(
    language: str, left_out: str, claimed: str
) -> None:
    given = {"language": language, "stage": Stage.R3, "purpose": tone.Purpose.OTHER}

    assert "T12" not in rules_in(left_out, **given)
    assert "T12" in rules_in(claimed, **given)


@pytest.mark.parametrize(
    ("language", "asked", "unasked"),
    [
        ("en", "A transfer by 26 March would help.", "It was due on 14 March, so pay right now, please."),
        ("nl", "Een overboeking vóór 26 maart helpt.", "Verviel op 14 maart, dus graag nu betalen."),
        ("de", "Eine Antwort bis zum 26. März genügt.", "Fällig am 14. März, bitte zahlen Sie."),
        ("fr", "Une réponse avant le 26 mars suffit.", "Échue le 14 mars, merci de payer."),
        ("es", "Con una línea antes del 26 de marzo basta.", "Venció el 14 de marzo, páguela, por favor."),
    ],
)
def test_a_request_needs_a_day_of_its_own_beside_the_due_one(language: str, asked: str, unasked: str) -> None:
    assert "M06" not in rules_in(asked, language=language)
    assert "M06" in rules_in(unasked, language=language)


@pytest.mark.parametrize("stage", list(Stage))
def test_a_threat_blocks_at_every_stage(stage: Stage) -> None:
    (hit,) = tone.check(Draft("", "Do it, or else.", stage=stage, purpose=tone.Purpose.OTHER))

    assert (hit.rule, hit.severity, hit.words, hit.start) == ("T02", Severity.BLOCK, "or else", 7)


def test_words_to_a_colleague_are_told_by_the_one_spelling_of_courtesy() -> None:
    hits = tone.check(Draft("", "POD for A1 asap", audience=Audience.COLLEAGUE))

    assert {hit.rule for hit in hits} == {"I01"}
    assert {hit.severity for hit in hits} == {Severity.WARN}
    assert "asap" in {hit.words for hit in hits}


def test_blocks_come_first_and_become_problems_of_a_refusal() -> None:
    hits = tone.check(Draft("", "Hello Mr Osei, please pay soon! It is your fault."))

    assert tone.is_blocked(hits)
    severities = [hit.severity for hit in hits]
    assert severities == sorted(severities, key=lambda severity: severity != Severity.BLOCK)
    assert [problem.code for problem in tone.problems_of(hits)] == [
        hit.rule for hit in hits if hit.severity == Severity.BLOCK
    ]


def test_candidates_are_what_may_be_the_number_of_a_document() -> None:
    found = tone.candidates(Draft("INV-1042", "Order 77120 and RE2026/17, see page 3."))

    assert found == ("INV-1042", "77120", "RE2026/17")


def test_a_number_in_the_name_of_a_company_is_no_invoice() -> None:
    facts = Facts(invoices=(InvoiceFact("A7", Decimal(4200), "GBP", DUE),), names=("Route A26 Ltd",))
    words = "Please look at A7, £4,200, due on 14 March. Kind regards, Route A26 Ltd"

    assert "M01" not in {hit.rule for hit in tone.check(Draft("", words), facts=facts)}
    (hit,) = [one for one in tone.check(Draft("", f"{words}. And A26?"), facts=facts) if one.rule == "M01"]
    assert hit.words == "A26"


def test_a_hold_on_a_public_holiday_is_scheduled_for_nobody() -> None:
    facts = Facts(
        invoices=(InvoiceFact("INV-1042", Decimal(4200), "GBP", DUE),),
        consequences=(Consequence(Action.HOLD, dt.date(2026, 5, 9)),),
    )
    draft = Draft(
        "", "We will stop deliveries on 9 May. INV-1042, £4,200, due on 14 March.", stage=Stage.FINAL
    )

    (hit,) = [hit for hit in tone.check(draft, facts=facts) if hit.severity == Severity.BLOCK]

    assert hit.rule == "T11"
    assert hit.suggestion == "Move it to 11 May 2026."


def test_a_sum_never_crosses_currencies() -> None:
    facts = Facts(
        invoices=(
            InvoiceFact("A-1", Decimal(100), "EUR", DUE),
            InvoiceFact("A-2", Decimal(50), "USD", DUE),
        )
    )
    draft = Draft("", "A-1 and A-2, due on 14 March, come to €150.00.")

    assert "M02" in {hit.rule for hit in tone.check(draft, facts=facts)}


def test_money_of_theirs_that_we_hold_lowers_what_may_be_asked() -> None:
    facts = Facts(
        invoices=(InvoiceFact("A-1", Decimal(3180), "GBP", DUE),),
        unallocated=(Sum(Decimal(500), "GBP"),),
    )
    draft = Draft("", "A-1, due on 14 March: a further £2,680.00 settles it.")

    assert "M02" not in {hit.rule for hit in tone.check(draft, facts=facts)}


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("pay", 1), ("invoice", 2), ("table", 2), ("matched", 1), ("attached", 2), ("area", 2)],
)
def test_syllables_are_counted_by_vowels(word: str, syllables: int) -> None:
    assert syllables_of(word) == syllables


def test_scores_follow_their_formulas() -> None:
    words = ["pay"] * 10

    assert flesch(words, 2) == pytest.approx(206.835 - 1.015 * 5 - 84.6)
    assert lix([*words, *["payments"] * 10], 2) == pytest.approx(10 + 50)

"""What a note is better without, and what a good note is never asked about."""

import pytest

from collections_app.contact.rules import noting
from collections_app.contact.rules.noting import Matter


@pytest.mark.parametrize(
    ("note", "matter"),
    [
        ("Mr Osei is ill, asked for a week", Matter.HEALTH),
        ("Buchhalterin ist schwanger, Vertretung ab Mai", Matter.HEALTH),
        ("going through a divorce", Matter.FAMILY),
        ("Zijn vrouw nam op", Matter.FAMILY),
        ("He is a Muslim, do not ring on Friday", Matter.BELIEF),
        ("typically Italian mentality", Matter.ORIGIN),
        ("Word is they are going bust", Matter.HEARSAY),
        ("il paraît que la société ferme", Matter.HEARSAY),
        ("What a rude man, a LIAR", Matter.OPINION),
        ("la contable miente", Matter.OPINION),
    ],
)
def test_private_matters_hearsay_and_opinions_are_asked_about(note: str, matter: Matter) -> None:
    findings = noting.findings_of(note)
    assert matter in {finding.matter for finding in findings}
    assert all(finding.words in note and finding.rule == "T10" for finding in findings)


@pytest.mark.parametrize(
    "note",
    [
        "“Approved, in Friday's run”, says Ms Vogel. INV-1031 needs a proof of delivery.",
        "Will pay £1,280.00 on Friday; asked for a copy of INV-0940 by email.",
        "Away until Monday 16 March; ring Mr Keller instead. I'll call back at 15:00.",
        "The goods of line 3 came short, and the rest goes into Friday's run.",
        "In administration since 3 March, administrator is Hale & Co.",
        "Zahlt am Freitag 5.000 EUR, Rest in zwei Wochen. Ansprechpartnerin ist jetzt Frau Jude-Meier",
        "Elle paiera vendredi; le règlement est validé, moment de paiement 15 h.",
        "Betaalt vrijdag, de factuur staat in de run van 12 maart.",
        "Jude Krebs of St Mary's Hospital will ring; on l'a transféré à lui.",
        "Pagará el viernes la mitad, el resto a fin de mes.",
    ],
)
def test_what_was_said_and_agreed_is_never_asked_about(note: str) -> None:
    assert noting.findings_of(note) == []


def test_each_word_is_asked_about_once_with_what_to_write_instead() -> None:
    findings = noting.findings_of("Rude, rude, and lazy.")
    assert [finding.words for finding in findings] == ["Rude", "lazy"]
    assert findings[0].sentence == ("“Rude” is an opinion of somebody: write what they said, in their words.")


def test_a_long_note_is_read_at_once() -> None:
    assert noting.findings_of("a" * 5_000 + " expressing" * 500) == []

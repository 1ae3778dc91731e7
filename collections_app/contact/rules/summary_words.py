"""The points of a summary by language. Formal where a language tells formal from familiar."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """One language. Names in braces are filled in."""

    pay: str
    more: str
    do: str
    do_at: str
    ours_kinds: dict[str, str]
    look_into: str
    answer: str


ENGLISH = SummaryWords(
    pay="Pay {amount} by {day}",
    more=" and {number} more",
    do="{what}, by {day}",
    do_at="{what}, on {day} at {time}",
    ours_kinds={
        "copy": "Send a copy",
        "credit_note": "Send a credit note",
        "answer": "Send you an answer",
        "call_back": "Call you back",
        "other": "",
    },
    look_into="{amount} of invoice {invoice}. The rest of the invoice is not part of this.",
    answer="You will hear from us by {day}.",
)

WORDS: dict[str, SummaryWords] = {
    "en": ENGLISH,
    "nl": SummaryWords(
        pay="{amount} betalen, uiterlijk {day}",
        more=" en nog {number}",
        do="{what}, uiterlijk {day}",
        do_at="{what}, op {day} om {time}",
        ours_kinds={
            "copy": "Een kopie sturen",
            "credit_note": "Een creditnota sturen",
            "answer": "U antwoord geven",
            "call_back": "U terugbellen",
            "other": "",
        },
        look_into="{amount} van factuur {invoice}. De rest van de factuur staat hier los van.",
        answer="U hoort uiterlijk {day} van ons.",
    ),
    "de": SummaryWords(
        pay="{amount} zahlen bis zum {day}",
        more=" und {number} weitere",
        do="{what}, bis zum {day}",
        do_at="{what}, am {day} um {time}",
        ours_kinds={
            "copy": "Ihnen eine Kopie senden",
            "credit_note": "Ihnen eine Gutschrift senden",
            "answer": "Ihnen antworten",
            "call_back": "Sie zurückrufen",
            "other": "",
        },
        look_into="{amount} der Rechnung {invoice}. Der übrige Betrag der Rechnung ist davon nicht berührt.",
        answer="Sie hören bis zum {day} von uns.",
    ),
    "fr": SummaryWords(
        pay="Payer {amount} au plus tard le {day}",
        more=" et {number} de plus",
        do="{what}, au plus tard le {day}",
        do_at="{what}, le {day} à {time}",
        ours_kinds={
            "copy": "Vous envoyer une copie",
            "credit_note": "Vous envoyer un avoir",
            "answer": "Vous répondre",
            "call_back": "Vous rappeler",
            "other": "",
        },
        look_into="{amount} de la facture {invoice}. Le reste de la facture n'est pas concerné.",
        answer="Vous aurez de nos nouvelles au plus tard le {day}.",
    ),
    "es": SummaryWords(
        pay="Pagar {amount}, a más tardar el {day}",
        more=" y {number} más",
        do="{what}, a más tardar el {day}",
        do_at="{what}, el {day} a las {time}",
        ours_kinds={
            "copy": "Enviarle una copia",
            "credit_note": "Enviarle un abono",
            "answer": "Darle una respuesta",
            "call_back": "Volver a llamarle",
            "other": "",
        },
        look_into="{amount} de la factura {invoice}. El resto de la factura no está afectado.",
        answer="Le responderemos a más tardar el {day}.",
    ),
}

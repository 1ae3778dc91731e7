"""The words of the summary by language. Formal where a language tells formal from familiar."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """One language. Names in braces are filled in; headings stand above a list."""

    subject: str
    greeting: str
    greeting_unnamed: str
    thanks: str
    theirs: str
    ours: str
    open: str
    pay: str
    more: str
    do: str
    do_at: str
    ours_kinds: dict[str, str]
    look_into: str
    answer: str
    correct: str
    goodbye: str


ENGLISH = SummaryWords(
    subject="Our conversation of {day}: what we agreed",
    greeting="Hello {name},",
    greeting_unnamed="Hello,",
    thanks=(
        "Thank you for speaking with me on {day}. So that we both have it in writing, this is what we agreed."
    ),
    theirs="What you will do:",
    ours="What we will do:",
    open="What we are looking into:",
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
    correct="If I have misunderstood anything, please tell me and I will put it right.",
    goodbye="Kind regards",
)

WORDS: dict[str, SummaryWords] = {
    "en": ENGLISH,
    "nl": SummaryWords(
        subject="Ons gesprek van {day}: wat we hebben afgesproken",
        greeting="Beste {name},",
        greeting_unnamed="Goedendag,",
        thanks="Dank u voor het gesprek van {day}. Zo hebben we allebei op papier wat we hebben afgesproken.",
        theirs="Wat u doet:",
        ours="Wat wij doen:",
        open="Wat wij uitzoeken:",
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
        correct="Heb ik iets verkeerd begrepen? Laat het me weten, dan pas ik het aan.",
        goodbye="Met vriendelijke groet",
    ),
    "de": SummaryWords(
        subject="Unser Gespräch vom {day}: was wir vereinbart haben",
        greeting="Guten Tag {name},",
        greeting_unnamed="Guten Tag,",
        thanks=(
            "vielen Dank für das Gespräch vom {day}."
            " Damit wir es beide schriftlich haben, hier unsere Vereinbarung."
        ),
        theirs="Was Sie tun:",
        ours="Was wir tun:",
        open="Was wir klären:",
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
        correct="Falls ich etwas falsch verstanden habe, sagen Sie es mir bitte, dann berichtige ich es.",
        goodbye="Mit freundlichen Grüßen",
    ),
    "fr": SummaryWords(
        subject="Notre échange du {day} : ce que nous avons convenu",
        greeting="Bonjour {name},",
        greeting_unnamed="Bonjour,",
        thanks=(
            "Merci pour notre échange du {day}. Pour que nous l'ayons tous deux par écrit,"
            " voici ce que nous avons convenu."
        ),
        theirs="De votre côté :",
        ours="De notre côté :",
        open="Ce que nous vérifions :",
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
        correct="Si j'ai mal compris un point, dites-le-moi et je le corrigerai.",
        goodbye="Cordialement",
    ),
    "es": SummaryWords(
        subject="Nuestra conversación del {day}: lo que hemos acordado",
        greeting="Buenos días, {name}:",
        greeting_unnamed="Buenos días:",
        thanks=(
            "Gracias por la conversación del {day}. Para que ambos lo tengamos por escrito,"
            " esto es lo que hemos acordado."
        ),
        theirs="Por su parte:",
        ours="Por nuestra parte:",
        open="Lo que estamos revisando:",
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
        correct="Si he entendido algo mal, dígamelo y lo corregiré.",
        goodbye="Un cordial saludo",
    ),
}

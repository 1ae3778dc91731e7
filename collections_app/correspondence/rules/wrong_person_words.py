"""The line below a reminder for somebody who is the wrong person to get it, and the page behind its link, in
the reader's language. Pure.
"""

from dataclasses import dataclass
from html import escape

from collections_app.correspondence.rules import purposes


@dataclass(frozen=True, slots=True)
class WrongPersonWords:
    """One language. Names in braces are filled in."""

    line: str
    title: str
    about: str
    who: str
    send: str
    thanks: str
    told: str


WORDS: dict[str, WrongPersonWords] = {
    "en": WrongPersonWords(
        line="Are you the wrong person for this? Tell us who is the right one:",
        title="Are you the wrong person for this?",
        about="On {day} {company} wrote to {address} about open invoices.",
        who="Whom should we write to? A name or an address helps; leave it empty if you do not know.",
        send="I am the wrong person",
        thanks="Thank you",
        told="{company} has been told, and a person looks after it.",
    ),
    "nl": WrongPersonWords(
        line="Bent u hiervoor niet de juiste persoon? Laat ons weten wie dat wel is:",
        title="Bent u hiervoor niet de juiste persoon?",
        about="Op {day} schreef {company} aan {address} over openstaande facturen.",
        who="Aan wie kunnen wij schrijven? Een naam of adres helpt; laat leeg als u het niet weet.",
        send="Ik ben niet de juiste persoon",
        thanks="Dank u wel",
        told="{company} weet ervan, en iemand kijkt ernaar.",
    ),
    "de": WrongPersonWords(
        line="Sind Sie dafür nicht zuständig? Sagen Sie uns, wer es ist:",
        title="Sind Sie dafür nicht zuständig?",
        about="Am {day} hat {company} an {address} wegen offener Rechnungen geschrieben.",
        who="An wen dürfen wir schreiben? Ein Name oder eine Adresse hilft; lassen Sie es sonst leer.",
        send="Ich bin nicht zuständig",
        thanks="Vielen Dank",
        told="{company} weiß Bescheid, und jemand kümmert sich darum.",
    ),
    "fr": WrongPersonWords(
        line="Vous n'êtes pas la bonne personne ? Dites-nous qui l'est :",
        title="Vous n'êtes pas la bonne personne ?",
        about="Le {day}, {company} a écrit à {address} au sujet de factures ouvertes.",
        who="À qui pouvons-nous écrire ? Un nom ou une adresse suffit ; sinon, laissez vide.",
        send="Je ne suis pas la bonne personne",
        thanks="Merci",
        told="{company} en est informé, et quelqu'un s'en occupe.",
    ),
    "es": WrongPersonWords(
        line="¿No es usted la persona indicada? Díganos quién lo es:",
        title="¿No es usted la persona indicada?",
        about="El {day}, {company} escribió a {address} sobre facturas pendientes.",
        who="¿A quién podemos escribir? Un nombre o una dirección ayuda; déjelo vacío si no lo sabe.",
        send="No soy la persona indicada",
        thanks="Gracias",
        told="{company} ya lo sabe, y una persona se ocupa de ello.",
    ),
}


def words_for(language: str) -> WrongPersonWords:
    """Those of the reader's language (an IETF tag); English where we have none."""
    return WORDS[purposes.language_of(language)]


def below_text(body: str, *, link: str, language: str) -> str:
    """A message as text, with the line and its ``link`` below."""
    return f"{body.rstrip()}\n\n{words_for(language).line}\n{link}\n"


def below_page(page: str, *, link: str, language: str) -> str:
    """The same message as HTML."""
    line, address = escape(words_for(language).line), escape(link)
    added = f'<p style="margin:24px 0 0 0;font-size:13px;">{line}<br><a href="{address}">{address}</a></p>'
    before, end, behind = page.rpartition("</body>")
    return f"{before}{added}\n{end}{behind}" if end else f"{page}{added}"

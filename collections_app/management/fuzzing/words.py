"""Damaged mails through the reader, and any words through the tone guard: each is judged or refused in a
sentence, soon.
"""

import datetime as dt
import random
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import partial

from collections_app.correspondence.rules import Audience, incoming, tone
from collections_app.correspondence.rules.tone import Draft, Purpose, Severity, Stage
from collections_app.correspondence.rules.tone.vocabulary import WORDS
from collections_app.lib.refusals import Refused
from collections_app.management.fuzzing import damage
from collections_app.management.fuzzing.tally import Outcome

SECONDS_MAX = 2.0
SAID = (
    "We paid INV-1042 on 14 March.", "Please send a copy of INV-1042.", "I am away until 2 April.",
    "Wir haben am 31.02. überwiesen.", "Nous ne sommes pas d’accord avec la facture.", "> quoted", "-- ",
    "Delivery to the following recipient failed permanently: x@harrow.example", "550 5.1.1 User unknown",
    "Action: failed\r\nStatus: 5.1.1", "We will pay £1,200.50 by Friday.", "Si no pagan, iremos al juzgado.",
)  # fmt: skip
SCRAPS = (*SAID, *damage.ODD_CELLS, " ", "\n", "!", "£1,200.50")


def mail_trials(chance: random.Random, *, at: dt.datetime) -> Iterator[Outcome]:
    """One mail after the other without end."""
    while True:
        way = chance.choice(list(damage.MAILS))
        raw = damage.MAILS[way](_mail(chance), chance)
        yield _timed(f"mail: {way}", partial(_read, raw, at))


def word_trials(chance: random.Random) -> Iterator[Outcome]:
    """One draft after the other without end."""
    while True:
        body = "".join(chance.choices(SCRAPS, k=chance.choice((1, 3, 40))))
        language, stage = chance.choice([*WORDS, "pt", ""]), chance.choice(list(Stage))
        purpose, audience = chance.choice(list(Purpose)), chance.choice(list(Audience))
        draft = Draft(body[:80], body[:20_000], language, stage, purpose, audience)
        yield _timed(f"words: {language or 'none'}", partial(_judge, draft))


def _timed(what: str, work: Callable[[], str]) -> Outcome:
    began, outcome = time.monotonic(), Outcome(what, "")
    try:
        outcome.ended = work()
    except Exception as error:  # whatever it was, it is what is looked for
        outcome.wrong = f"{type(error).__name__}: {error}"[:300]
    if (seconds := time.monotonic() - began) > SECONDS_MAX:
        outcome.wrong = outcome.wrong or f"It took {seconds:.1f} seconds."
    return outcome


def _read(raw: bytes, at: dt.datetime) -> str:
    try:
        return str(incoming.read(raw, country="GB", at=at).kind)
    except Refused:
        return "refused"


def _judge(draft: Draft) -> str:
    hits = tone.check(draft, facts=None)
    return "blocked" if any(hit.severity == Severity.BLOCK for hit in hits) else "warned" if hits else "clean"


def _mail(chance: random.Random) -> bytes:
    mail = EmailMessage()
    mail["From"] = chance.choice(("Ann Osei <ann@harrow.example>", "MAILER-DAEMON@mx.example", "a@b"))
    mail["Subject"] = chance.choice(("Re: Invoice INV-1042", "Undelivered Mail", "Automatic reply", "ß" * 90))
    mail.set_content("\n".join(chance.choices(SAID, k=chance.randint(1, 8))))
    if chance.random() < 0.5:
        mail.add_alternative(f"<p>{chance.choice(SAID)}<br>" * chance.randint(1, 40), subtype="html")
    if chance.random() < 0.3:
        mail.add_attachment(chance.randbytes(200), maintype="application", subtype="pdf", filename="a.pdf")
    if mail.is_multipart():
        mail.set_boundary("=-=whole=-=")  # the usual one is made by another chance
    return mail.as_bytes()

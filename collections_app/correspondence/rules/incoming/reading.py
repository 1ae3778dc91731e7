"""An email, from its bytes to what it means. Pure."""

import datetime as dt

from collections_app.correspondence.rules import writing
from collections_app.correspondence.rules.incoming import answering, failing, parsing, quoting, sorting
from collections_app.correspondence.rules.incoming.parsing import Mail
from collections_app.correspondence.rules.incoming.shapes import Received, ReceivedKind, ReplySort
from collections_app.lib import email_addresses

# A clock of theirs that is wrong by more is not believed.
SENT_LONG_AGO, SENT_AHEAD = dt.timedelta(days=3660), dt.timedelta(days=1)
# Who says that an address was refused while it was spoken to.
THE_SERVER = "The mail server"
REFUSED_WORDS = "The address was refused while the message was being handed over, so nothing was sent."


def read(raw: bytes, *, language: str = "en", country: str = "", at: dt.datetime) -> Received:
    """What ``raw`` is. ``language`` and ``country`` are the company's: where most of its customers are; a
    text that tells its own language is read in that. Raises ``Refused`` for what cannot be read.
    """
    mail = parsing.parse(raw)
    sent_at = _sent_at(mail, at)
    today = (sent_at or at).date()
    words, quoted = quoting.split(mail.text)
    kind, finding = _kind(mail, words, today)
    is_person = kind == ReceivedKind.REPLY
    told = sorting.sort(words, hint=language, country=country, today=today) if is_person else None
    spoken = told.language if told else sorting.language_of(words, hint=language)
    # Somebody may tell by hand that they are away.
    is_away = kind == ReceivedKind.AUTO_REPLY or (told and told.sort == ReplySort.AWAY)
    about = [*mail.ids("in-reply-to"), *reversed(mail.ids("references"))]
    name, address = next(iter(mail.addresses("from")), ("", ""))
    files = tuple(mail.files) if is_person else ()
    return Received(
        kind=kind,
        message_id=next(iter(mail.ids("message-id")), ""),
        from_name=name[: writing.NAME_LETTERS_MAX],
        from_address=address if email_addresses.is_address(address) else "",
        to_addresses=tuple(found for _, found in mail.addresses("to", "cc", "delivered-to")),
        subject=mail.says("subject")[: writing.SUBJECT_LETTERS_MAX],
        sent_at=sent_at,
        words=words if is_person else mail.text.strip(),
        quoted=quoted if is_person else "",
        language=spoken,
        about_ids=tuple(dict.fromkeys(about)),
        returned_ids=_returned_ids(mail),
        failures=finding.failures if finding else (),
        sort=_sort_of(kind, told, mail),
        back_on=_back_on(mail, words, spoken, country, today) if is_away else None,
        promised_on=told.promised_on if told else None,
        attached=files,
    )


def refused(*, message_id: str, address: str, subject: str, answer: str, at: dt.datetime) -> Received:
    """What would have come back, had the mail server not refused ``address`` while it was spoken to."""
    return Received(
        kind=ReceivedKind.BOUNCE,
        message_id="",
        from_name=THE_SERVER,
        from_address="",
        to_addresses=(),
        subject=subject,
        sent_at=at,
        words=REFUSED_WORDS,
        quoted="",
        language="en",
        returned_ids=(message_id,),
        failures=(failing.of_answer(address, answer),),
    )


def _kind(mail: Mail, words: str, today: dt.date) -> tuple[ReceivedKind, failing.Finding | None]:
    if finding := failing.find(mail):
        return finding.kind, finding
    is_automatic = answering.is_automatic(mail, words=words, today=today)
    return (ReceivedKind.AUTO_REPLY if is_automatic else ReceivedKind.REPLY), None


def _sort_of(kind: ReceivedKind, told: sorting.Sorted | None, mail: Mail) -> ReplySort:
    if told:
        return told.sort
    return ReplySort.OTHER if kind != ReceivedKind.AUTO_REPLY or mail.reports else ReplySort.AWAY


def _back_on(mail: Mail, words: str, language: str, country: str, today: dt.date) -> dt.date | None:
    said = f"{mail.says('subject')}.\n{words}"
    return answering.back_on(said, language=language, country=country, today=today)


def _returned_ids(mail: Mail) -> tuple[str, ...]:
    """Ids of messages whose header is given back: as a part, or written into the text."""
    found = [parsing.ids_in(header.get("message-id", "")) for header in mail.returned]
    found.append(parsing.ids_after_name(mail.text))
    return tuple(dict.fromkeys(each for ids in found for each in ids))


def _sent_at(mail: Mail, at: dt.datetime) -> dt.datetime | None:
    said = parsing.moment(mail)
    return said if said and at - SENT_LONG_AGO < said < at + SENT_AHEAD else None

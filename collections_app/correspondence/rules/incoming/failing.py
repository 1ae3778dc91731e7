"""Whether an email says that a message did not arrive, which addresses it names, and whether for good. Pure.

A report by the standard (RFC 3464) is believed by its fields. Without one, the words of the notice decide,
and only of a notice: a person who writes about a message that came back is a person who writes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from collections_app.correspondence.rules.incoming import failure_words as words
from collections_app.correspondence.rules.incoming.parsing import Mail, one_line
from collections_app.correspondence.rules.incoming.shapes import Failure, ReceivedKind

NOTICE_LETTERS_MAX = 6_000
WORDS_LETTERS_MAX = 300
FAILURES_MAX = 20

_ADDRESS = (
    r"[a-z0-9.!#$%&*+/=?^_`{|}~-][a-z0-9.!#$%&'*+/=?^_`{|}~-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}"
)
_ANY = re.compile(_ADDRESS, re.IGNORECASE)
# An address that has its line to itself, or begins one.
_ALONE = re.compile(rf"^[ \t*>\-\"'<\[]{{0,12}}({_ADDRESS})[\"'>\]]{{0,3}}[ \t:;,.]{{0,4}}$", re.I | re.M)
_BEGINS = re.compile(
    rf"^[ \t*>\-\[]{{0,12}}<?\"?({_ADDRESS})[\">\]]{{0,2}}[ \t]*(?::|\(|;| on | \S+)", re.I | re.M
)
_NAMED = re.compile(
    r"(?:recipients?|address(?:ee|ed)?|user(?:id)?|mailbox|attempts|rcpt to|error-for|for user|message to|"
    r"user"
    r"|delivered to|deliver to|delivery to|empf(?:ä|ae)nger|adresse|destinataire|destinatario|ontvanger|"
    r"geadresseerde)"
    rf"[^\n@]{{0,24}}?[:\s,'\"<\[(]({_ADDRESS})",
    re.IGNORECASE,
)
# Whom a list or another address stands for; and who wrote, which failed nobody.
_STANDS_FOR = re.compile(rf"\(?(?:expanded|generated) from:?\s*<?({_ADDRESS})", re.IGNORECASE)
_WROTE = re.compile(rf"\b(?:e?-?mails?|messages?) from\s+<?{_ADDRESS}", re.IGNORECASE)
_LONE_NAME = re.compile(r"^[ \t]+([a-z0-9._-]{2,40})[ \t]*$", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"\b([45])\d\d[ -]")
_FIELD = re.compile(
    r"^[ \t]*(action|status|final-recipient|original-recipient|diagnostic-code)\s*:\s*(.+)$", re.I | re.M
)
_ANSWER = re.compile(r"^\s*(?:re|aw|antw|sv|tr|fw|fwd|wg|rv|rif)\s*:", re.IGNORECASE)
_FAILED_ACTIONS = ("fail", "error", "undeliverable")
_ROLES = ("postmaster", "mailer-daemon", "abuse", "support", "helpdesk")
# Of RFC 3463: the mailbox or its host does not exist, or takes nothing any more.
_WRONG_ADDRESS = re.compile(r"5\.(?:1\.(?:0|1|2|3|6|10)|2\.1|4\.(?:1|4)|0\.0|5\.0)$")
# Of a server that refuses a mailbox and gives no code of RFC 3463.
_OF_MAILBOX = re.compile(r"55[0136]\b")


@dataclass(frozen=True, slots=True)
class Finding:
    """What kind of notice it is, and which addresses failed."""

    kind: ReceivedKind
    failures: tuple[Failure, ...] = ()


def find(mail: Mail) -> Finding | None:
    """What ``mail`` says of a message that did not arrive; None when it says nothing of the kind."""
    notice = _notice(mail)
    return _by_report(mail, notice) or _by_words(mail, notice)


def of_answer(address: str, answer: str) -> Failure:
    """What a mail server's refusal of ``address`` says of it; without a code of RFC 3463 only the codes by
    which servers speak of mailboxes do (RFC 5321, RFC 7504). A refusal may be about us.
    """
    failure = _failure(address, "", answer)
    return failure if failure.status or _OF_MAILBOX.match(answer) else replace(failure, is_hard=False)


def _notice(mail: Mail) -> str:
    """Its own words, without the message that it gives back."""
    text = mail.text[: 2 * NOTICE_LETTERS_MAX]
    given_back = words.GIVEN_BACK.search(text, 1)
    return (text[: given_back.start()] if given_back else text)[:NOTICE_LETTERS_MAX]


def _by_report(mail: Mail, notice: str) -> Finding | None:
    groups = [group for group in mail.reports if "action" in group or "final-recipient" in group]
    if not groups and _is_from_a_system(mail):
        groups = _written_out(mail.text)
    actions = {group.get("action", "failed").split()[0].strip(";,").casefold() for group in groups if group}
    if not groups:
        return None
    failed = [
        group for group in groups if group.get("action", "failed").casefold().startswith(_FAILED_ACTIONS)
    ]
    if failed:
        found = [_of_group(group) for group in failed]
        known = [failure for failure in found if failure.address]
        return Finding(ReceivedKind.BOUNCE, _once(known or _in_words(mail, notice)))
    if "delayed" in actions:
        return Finding(ReceivedKind.DELAY, _once(_of_group(group) for group in groups))
    return Finding(ReceivedKind.AUTO_REPLY)


def _written_out(text: str) -> list[dict[str, str]]:
    """The fields of a report that somebody put into the text."""
    group = {name.casefold(): value.strip() for name, value in reversed(_FIELD.findall(text[:20_000]))}
    return [group] if {"action", "final-recipient"} <= set(group) else []


def _of_group(group: dict[str, str]) -> Failure:
    address = _address_in(group.get("original-recipient", "")) or _address_in(
        group.get("final-recipient", "")
    )
    said = one_line(group.get("diagnostic-code", "")).partition(";")[2] or group.get("diagnostic-code", "")
    code = _STATUS.search(group.get("status", ""))
    better = _STATUS.search(said)
    status = better.group(1) if better and (not code or code.group(1).endswith(".0.0")) else ""
    return _failure(address, status or (code.group(1) if code else ""), said)


def _by_words(mail: Mail, notice: str) -> Finding | None:
    if mail.says("x-failed-recipients"):
        failures = [_failure(each, "", notice) for each in _ANY.findall(mail.says("x-failed-recipients"))]
        return Finding(_kind_of(notice, mail), _once(failures))
    from_system, subject = _is_from_a_system(mail), mail.says("subject")
    by_subject = bool(words.SUBJECTS.search(subject))
    says_so = bool(words.FAILED.search(notice))
    waits = bool(words.WAITING.search(f"{subject}\n{notice}"))
    gives_back = bool(mail.returned) and bool(_ALONE.search(notice) or _NAMED.search(notice))
    if not from_system and (not (by_subject or gives_back) or _is_a_person(mail, notice)):
        return None
    if not (says_so or waits or (from_system and (by_subject or gives_back))):
        return None
    return Finding(_kind_of(notice, mail), _once(_in_words(mail, notice)))


def _kind_of(notice: str, mail: Mail) -> ReceivedKind:
    waits = words.WAITING.search(f"{mail.says('subject')}\n{notice}")
    return ReceivedKind.DELAY if waits and not words.GIVEN_UP.search(notice) else ReceivedKind.BOUNCE


def _is_from_a_system(mail: Mail) -> bool:
    named = mail.says("from")
    address = next((address for _, address in mail.addresses("from")), "")
    return bool(words.SENDERS.search(named) or words.SENDERS.search(address))


def _is_a_person(mail: Mail, notice: str) -> bool:
    """A reply to something, or quoting it, or signed: whoever writes so is no mail system."""
    answers = bool(mail.ids("in-reply-to")) or "\n>" in mail.text
    begins = words.FAILED.search(notice[:400])
    return answers or (bool(_ANSWER.match(mail.says("subject"))) and not begins)


def _in_words(mail: Mail, notice: str) -> list[Failure]:
    """The addresses that the words of a notice name, with what is said right behind each."""
    ours = {address for _, address in mail.addresses("to", "from", "return-path")}
    notice = _WROTE.sub("", notice)
    for patterns in ((_ALONE, _BEGINS, _STANDS_FOR), (_NAMED,)):
        spots = sorted(
            (match.start(1), match.group(1)) for each in patterns for match in each.finditer(notice)
        )
        named = [(at, found) for at, found in spots if _counts(found, ours)]
        if named:
            return [_failure(found, "", notice[at : at + 600]) for at, found in named]
    first = next((match for match in _ANY.finditer(notice) if _counts(match.group(), ours)), None)
    if first:
        return [_failure(first.group(), "", notice)]
    return _of_returned(mail, notice) or _lone_names(mail, notice)


def _of_returned(mail: Mail, notice: str) -> list[Failure]:
    """Whom the message that is given back was written to, when that is one."""
    found = {
        address
        for header in mail.returned
        for address in _ANY.findall(header.get("to", ""))
        if "@" in address
    }
    return [_failure(found.pop(), "", notice)] if len(found) == 1 else []


def _lone_names(mail: Mail, notice: str) -> list[Failure]:
    """Names without a host, as a system gives them that knows one host only: its own."""
    host = next((address.rpartition("@")[2] for _, address in mail.addresses("from")), "")
    return [_failure(f"{name}@{host}", "", notice) for name in _LONE_NAME.findall(notice)[:3]] if host else []


def _counts(address: str, ours: set[str]) -> bool:
    small = address.casefold()
    return small not in ours and not small.startswith(_ROLES)


def _failure(address: str, status: str, said: str) -> Failure:
    status = status or next(iter(_STATUS.findall(said)), "")
    code = _CODE.search(said)
    not_the_address = bool(words.NOT_THE_ADDRESS.search(said))
    if status:
        is_hard = bool(_WRONG_ADDRESS.match(status)) and not (not_the_address and status.endswith(".0"))
    else:
        is_hard = not not_the_address and not (code and code.group(1) == "4")
    return Failure(address.strip("<>. ").casefold(), is_hard, status, one_line(said)[:WORDS_LETTERS_MAX])


def _address_in(value: str) -> str:
    found = _ANY.search(value)
    return found.group() if found else ""


def _once(failures: Iterable[Failure]) -> tuple[Failure, ...]:
    """Each address once, as it was first told of."""
    found: dict[str, Failure] = {}
    for failure in failures:
        if failure.address:
            found.setdefault(failure.address, failure)
    return tuple(found.values())[:FAILURES_MAX]

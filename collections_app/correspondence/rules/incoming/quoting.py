"""What of a reply is new, and what it repeats of the message that it answers. Pure.

Answers between quoted lines are new; all behind the header of a quoted message is not. Read line by line, so
that no text takes longer than its length.
"""

import re

LINES_MAX = 5_000
HEADER_LINES = 5
INTRODUCTION_LINES = 4
LINE_LETTERS_MAX = 500

_DIVIDER = re.compile(
    r"^\s*[>*_\s]{0,6}-{2,}\s*(?:original(?:\s|-)?(?:message|nachricht)|original appointment|"
    r"ursprüngliche nachricht"
    r"|oorspronkelijk bericht|message d['’]origine|message original|mensaje original|forwarded message"
    r"|weitergeleitete nachricht|doorgestuurd bericht|message transféré|mensaje reenviado|"
    r"urspr\. nachricht)\b.*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"^\s*(?:_{8,}|-{20,}|={20,})\s*$")
_FROM = re.compile(
    r"^\s*[>*]{0,3}\s*\*?(?:from|von|van|de|da|från|fra|от кого)\s?\*?\s?:\*?\s*\S", re.IGNORECASE
)
_ALSO = re.compile(
    r"^\s*[>*]{0,3}\s*\*?(?:sent|gesendet|verzonden|envoyé|enviado(?: el)?|date|datum|fecha|to|an|aan|à|"
    r"para|cc"
    r"|subject|betreff|onderwerp|objet|asunto)\s?\*?\s?:\*?",
    re.IGNORECASE,
)
_FIELD = re.compile(f"{_FROM.pattern}|{_ALSO.pattern}", re.IGNORECASE)
_BEGINS = re.compile(r"^\s*[>\s]{0,4}(?:on|am|op|le|el|il|den|em)\b.{0,400}", re.IGNORECASE | re.DOTALL)
_WROTE = re.compile(
    r"(?:wrote|schrieb(?:en)?(?: [^\n:]{0,120})?|schreef(?: [^\n:]{0,120})?|a écrit|écrivait|escribió|"
    r"ha scritto|skrev"
    r"|escreveu)\s*:\s*$",
    re.IGNORECASE,
)
_PLAIN_WROTE = re.compile(
    r"^[^\n>]{2,120}<[^<>\s]+@[^<>\s]+>\s*(?:wrote|schrieb|schreef|a écrit|escribió)\s*:?\s*$", re.I
)
_SIGNATURE = re.compile(r"^-- ?$")
_SENT_FROM = re.compile(
    r"^\s*(?:sent from (?:my|a|outlook|mail|yahoo)|von meinem .{2,40} gesendet|gesendet von|verstuurd vanaf"
    r"|verzonden vanaf|envoyé de(?:puis)? mon|enviado desde mi|get outlook for)\b.{0,80}$",
    re.IGNORECASE,
)


def split(text: str) -> tuple[str, str]:
    """What is new in ``text`` without its signature, and what is quoted."""
    lines = [line[:LINE_LETTERS_MAX] for line in text.split("\n")[:LINES_MAX]]
    new: list[str] = []
    quoted: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if _is_divider(lines, at):
            quoted += lines[at:]
            break
        if length := _introduction(lines, at):
            following = next((each for each in lines[at + length :] if each.strip()), "")
            quoted += lines[at : at + length]
            at += length
            if not following.lstrip().startswith(">"):
                quoted += lines[at:]
                break
            continue
        (quoted if line.lstrip().startswith(">") else new).append(line)
        at += 1
    return _trimmed(_unsigned(new)), _trimmed(quoted)


def _is_divider(lines: list[str], at: int) -> bool:
    line = lines[at]
    if _DIVIDER.match(line):
        return True
    if _RULE.match(line):
        follows = next(
            (place for place in range(at + 1, min(at + 3, len(lines))) if lines[place].strip()), None
        )
        return follows is not None and _is_header(lines, follows)
    return _is_header(lines, at)


def _is_header(lines: list[str], at: int) -> bool:
    """The header of a message as programs write it over what they quote: three fields, and From is one."""
    if not (_FROM.match(lines[at]) or _ALSO.match(lines[at])):
        return False
    near = lines[at : at + 1 + HEADER_LINES]
    return any(_FROM.match(line) for line in near) and sum(bool(_FIELD.match(line)) for line in near) >= 3


def _introduction(lines: list[str], at: int) -> int:
    """How many lines from ``at`` on say who wrote what is quoted below; none when they do not."""
    if _PLAIN_WROTE.match(lines[at]):
        return 1
    if not _BEGINS.match(lines[at]):
        return 0
    for count in range(1, INTRODUCTION_LINES + 1):
        said = " ".join(line.strip() for line in lines[at : at + count])
        if not lines[min(at + count, len(lines)) - 1].strip():
            return 0
        if _WROTE.search(said) and re.search(r"\d|@", said):
            return min(count, len(lines) - at)
    return 0


def _unsigned(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        if _SIGNATURE.match(line) and at:
            lines = lines[:at]
            break
    return [line for line in lines if not _SENT_FROM.match(line)]


def _trimmed(lines: list[str]) -> str:
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line.rstrip())
    return "\n".join(kept).strip("\n")

"""For how long words and files are kept, and why for so long: one table. What is removed are words; rows,
sums and dates stay, so that figures and charts of past years do.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from collections_app.intake.limits import FILE_KEPT_DAYS

REMOVED = "[removed: its time was over]"
YEAR = 365
DAYS_MIN, DAYS_MAX = 30, 100 * YEAR


@dataclass(frozen=True, slots=True)
class Kept:
    """One class of words or files: for how many days after what it is kept, and why for so long."""

    name: str
    title: str
    days: int
    after: str
    why: str
    is_fixed: bool = False


CLASSES = (
    Kept(
        "contact_logs", "Words of calls and visits", 6 * YEAR, "the talk, once its invoices are settled",
        "A claim may be contested for six years in the United Kingdom; what was said is our proof.",
    ),
    Kept(
        "messages", "Letters and messages of ours", 6 * YEAR, "they left, or were withdrawn",
        "Commercial letters are kept for six years (in Germany by § 257 of its commercial code).",
    ),
    Kept(
        "message_files", "Files that left with them", 6 * YEAR, "they left",
        "They are part of the letter. Copies of invoices stay: they are books.",
    ),
    Kept(
        "replies", "What customers wrote to us", 6 * YEAR, "it was read",
        "Commercial letters that came in are kept as long as those that left.",
    ),
    Kept(
        "reply_files", "Files that came with it", 6 * YEAR, "it was read", "They are part of the letter."
    ),
    Kept(
        "disputes", "Words of disputes", 6 * YEAR, "the dispute was closed",
        "As long as the claim may be contested. Amounts, reasons and clocks stay.",
    ),
    Kept(
        "requests", "Words between colleagues", 3 * YEAR, "the request ended",
        "They explain a dispute or a credit note while somebody may still ask.",
    ),
    Kept(
        "request_files", "Files that came with the answer", 3 * YEAR, "the request ended",
        "They are part of the answer. What was sent on to a customer is kept with its letter.",
    ),
    Kept(
        "report_files", "Reports that left by email", YEAR, "they were made",
        "They name many customers, and the product can draw them up again.",
    ),
    Kept(
        "notes", "Notes that were taken back", 2 * YEAR, "they were taken back",
        "Nobody works by them any more; until then somebody may ask what stood there.",
    ),
    Kept(
        "drafts", "Words of reminders before they left", 2 * YEAR, "they were decided on",
        "What left stands in the message; the draft shows for a while what somebody changed.",
    ),
    Kept(
        "contacts", "Contacts that nobody uses", 2 * YEAR, "the accounts system dropped them",
        "Twenty-four months without a call or a letter: there is no reason left to know them.",
    ),
    Kept(
        "import_problems", "What was wrong with rows of a file", YEAR, "the import ended",
        "It quotes cells of the file. Until then somebody may be mending the export.",
    ),
    Kept(
        "import_files", "Files that were brought in", FILE_KEPT_DAYS, "the import ended",
        "So that a file can be read in another way; name, checksum and what it changed stay.", is_fixed=True,
    ),
    Kept(
        "events", "Words of activity events", 10 * YEAR, "they happened",
        "As long as books are kept. Who did what and when stays, and the chain goes on proving it.",
    ),
)  # fmt: skip


def lengths(chosen: Mapping[str, str]) -> tuple[dict[str, int], list[str]]:
    """Days by class, with those of an installation in the place of ours; and what is wrong with these, in
    sentences.
    """
    days = {each.name: each.days for each in CLASSES}
    fixed = {each.name for each in CLASSES if each.is_fixed}
    wrong = []
    for name, text in chosen.items():
        if name not in days:
            wrong.append(f"RETENTION_DAYS names {name}, and there is no such class.")
        elif name in fixed:
            wrong.append(f"RETENTION_DAYS names {name}, whose length is fixed.")
        elif not (text.isascii() and text.isdecimal() and DAYS_MIN <= int(text[:9]) <= DAYS_MAX):
            wrong.append(f"RETENTION_DAYS says {name}={text}; write {DAYS_MIN} days or more, as a number.")
        else:
            days[name] = int(text)
    return days, wrong

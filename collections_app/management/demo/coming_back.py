"""What the cast in Leeds wrote since yesterday: a promise, a payment, a copy, an automatic answer, and
somebody whom nobody knows. Read in as emails, by the product's own verb.
"""

from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from collections_app.correspondence import letterheads, received_messages
from collections_app.ledger.companies import Company
from collections_app.management.demo import cast
from collections_app.management.demo.between_us import Between
from collections_app.management.demo.cast import Member

STRANGER = ("Nadia Booth", "n.booth@merrow-outsourcing.example")


def tell(between: Between) -> None:
    """All of it."""
    friday = between.on(-5)
    oldest = between.overdue(between.customer(cast.TARNSTEAD))[0].number
    _from(
        between, cast.TARNSTEAD, "15:52", "Re: Statement of account",
        f"Hello,\n\nsorry, that slipped through. {oldest} will be paid on {friday:%-d %B}.\n\nPeter",
    )  # fmt: skip
    _from(
        between, cast.KESTERBY, "16:20", "Re: Reminder",
        "Hi,\n\nwe paid this last Tuesday by bank transfer, please check.\n\nImogen",
    )  # fmt: skip
    _from(
        between, cast.FENNMERE, "16:31", "Invoices",
        "Dear colleague,\n\ncould you please send us copies of the invoices that are due, with our order "
        "numbers on them?\n\nWith kind regards",
    )  # fmt: skip
    _from(
        between, cast.ROSHOLT, "16:40", "Automatic reply: Statement of account",
        f"I am out of the office and back on {between.on(-8):%-d %B}.", is_automatic=True,
    )  # fmt: skip
    _take(
        between, STRANGER, "16:58", "Your invoices to Merrow",
        "Good afternoon,\n\nwe look after payables for one of your customers from this month on. Which "
        "invoices are open?\n\nNadia Booth",
    )  # fmt: skip


def _from(
    between: Between, member: Member, clock: str, subject: str, words: str, *, is_automatic: bool = False
) -> None:
    person = between.customer(member).contacts.order_by("-is_primary", "pk")[0]
    _take(between, (person.name, person.email), clock, subject, words, is_automatic=is_automatic)


def _take(
    between: Between,
    sender: tuple[str, str],
    clock: str,
    subject: str,
    words: str,
    *,
    is_automatic: bool = False,
) -> None:
    at = between.at(1, clock)
    mail = EmailMessage()
    mail["From"], mail["To"] = formataddr(sender), _address(between.company)
    mail["Subject"], mail["Date"] = subject, format_datetime(at)
    mail["Message-ID"] = f"<{clock.replace(':', '')}.{sender[1]}>"
    if is_automatic:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(words)
    received_messages.take(mail.as_bytes(), company=between.company, named="demo", at=at)


def _address(company: Company) -> str:
    return letterheads.of(company).reply_to or "collections@northgate.example"

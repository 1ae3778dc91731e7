"""A message as it goes over the wire: its headers, its words as text and as a page, and its attachments."""

import datetime as dt
from dataclasses import dataclass
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import escape

from collections_app.correspondence import letterheads, mailboxes, stored_files
from collections_app.correspondence.attachments import Attachment
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, writing, wrong_person_words
from collections_app.ledger.companies import Company


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose messages these are, the name and address they come from, and which mailbox of theirs is read for
    replies; empty when there is none.
    """

    company: Company
    reply_to: str
    name: str
    address: str


def sender_of(company: Company) -> Sender:
    """``company`` as a sender. Where its letterhead names no mailbox for answers, they go to the one that is
    read for it, else to where its mail comes from: not to whoever wrote, who may be away. One query.
    """
    head = letterheads.of(company)
    return Sender(
        company=company,
        reply_to=head.reply_to or mailboxes.address_of(company) or head.sender_address,
        name=head.sender_name or company.name,
        address=head.sender_address or settings.DEFAULT_FROM_EMAIL,
    )


def build(
    message: Message,
    *,
    sender: Sender,
    link: str = "",
    below: str = "",
    has_files: bool = True,
    at: dt.datetime,
) -> EmailMultiAlternatives:
    """The message as it comes from ``sender``, with ``link`` in its slot, and ``below`` it the link for
    whoever is the wrong person to get it. The same message has the same id on
    each attempt, so that a reader's program tells two of it from two messages.
    """
    reply_to = replies_of(message, watched=sender.reply_to)
    body = message.body.replace(writing.LINK_SLOT, link)
    page = message.body_html.replace(writing.LINK_SLOT, escape(link))
    if below:
        body = wrong_person_words.below_text(body, link=below, language=message.language)
        page = page and wrong_person_words.below_page(page, link=below, language=message.language)
    made = EmailMultiAlternatives(
        subject=message.subject,
        body=body,
        from_email=formataddr((sender.name, sender.address)),
        to=[formataddr((message.to_name, message.to_address))],
        reply_to=[reply_to] if reply_to else None,
        headers=_headers(message, at),
    )
    if page:
        made.attach_alternative(page, "text/html")
    if not has_files:
        return made
    for each in Attachment.objects.filter(message=message).select_related("stored_file").order_by("position"):
        kept = each.stored_file
        made.attach(kept.name, stored_files.content_of(kept), kept.media_type)
    return made


def replies_of(message: Message, *, watched: str) -> str:
    """Where answers go: a customer's to the ``watched`` mailbox when there is one, so that they are seen also
    when whoever wrote is away.
    """
    return watched if watched and message.audience == Audience.CUSTOMER else message.reply_to


def _headers(message: Message, at: dt.datetime) -> dict[str, str]:
    found = {"Message-ID": message.message_id, "Date": format_datetime(at)}
    if message.in_reply_to:
        found["In-Reply-To"] = message.in_reply_to
    if message.references or message.in_reply_to:
        found["References"] = message.references or message.in_reply_to
    if message.auto_submitted:
        found["Auto-Submitted"] = "auto-generated"
    return found

"""A letterhead: what every letter of a company says of us, besides its name. One a company."""

import datetime as dt

from django.conf import settings
from django.db import models, transaction

from collections_app.activity import events
from collections_app.correspondence.rules import letter_heads, writing
from collections_app.correspondence.rules.letter_values import CompanyValues
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User

IN_LETTERS = ("address", "reply_to", "phone", "hours", "bank_details")
FIELDS = ("sender_name", "sender_address", *IN_LETTERS)


class Letterhead(models.Model):
    """How a company is written to, called and paid. ``bank_details`` stand in a letter as they are here:
    whoever checks a letter compares with them. Mail comes from ``sender_name`` and ``sender_address``; empty
    for the company's name, and the address of the workbench.
    """

    company = models.OneToOneField(
        Company, primary_key=True, on_delete=models.CASCADE, related_name="letterhead"
    )
    address = models.CharField(max_length=letter_heads.BLOCK_LETTERS_MAX, blank=True)
    sender_name = models.CharField(max_length=writing.NAME_LETTERS_MAX, blank=True, default="", db_default="")
    sender_address = models.CharField(
        max_length=writing.ADDRESS_LETTERS_MAX, blank=True, default="", db_default=""
    )
    reply_to = models.CharField(max_length=letter_heads.LINE_LETTERS_MAX, blank=True)
    phone = models.CharField(max_length=letter_heads.PHONE_LETTERS_MAX, blank=True)
    hours = models.CharField(max_length=letter_heads.LINE_LETTERS_MAX, blank=True)
    bank_details = models.CharField(max_length=letter_heads.BLOCK_LETTERS_MAX, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "letterhead"


def of(company: Company) -> Letterhead:
    """The letterhead of ``company``; an empty one, not kept yet, where nobody wrote any. One query."""
    return Letterhead.objects.filter(company=company).first() or Letterhead(company=company)


def values_of(company: Company) -> CompanyValues:
    """What letters say of ``company``. One query."""
    head = of(company)
    return CompanyValues(name=company.name, **{field: getattr(head, field) for field in IN_LETTERS})


def change(
    *,
    company: Company,
    address: str,
    sender_name: str,
    sender_address: str,
    reply_to: str,
    phone: str,
    hours: str,
    bank_details: str,
    revision: int,
    by: User | None,
    at: dt.datetime,
) -> Letterhead:
    """Another letterhead, from the next letter on. Refused with every problem."""
    require(by, Deed.EDIT_LETTERS)
    said = {
        "address": letter_heads.block(address),
        "sender_name": " ".join(sender_name.split()),
        "sender_address": sender_address.strip(),
        "reply_to": reply_to.strip(),
        "phone": " ".join(phone.split()),
        "hours": " ".join(hours.split()),
        "bank_details": letter_heads.block(bank_details),
    }
    if problems := letter_heads.problems_of(**said, domains=settings.MAIL_DOMAINS):
        raise Refused(problems)
    with transaction.atomic():
        # Locked also where there is no row yet, which cannot be.
        Company.objects.select_for_update(no_key=True).get(pk=company.pk)
        head = of(company)
        if head.revision != revision:
            raise Refused.because(
                "changed_meanwhile",
                "Somebody else changed the letterhead since you opened it. Look at it again.",
            )
        told = events.differences({field: getattr(head, field) for field in FIELDS}, said)
        if not told:
            return head
        for name, value in said.items():
            setattr(head, name, value)
        head.revision, head.changed_by, head.changed_at = revision + 1, by, at
        head.save()
        named = ", ".join(letter_heads.LABELS[name].lower() for name in told)
        events.record(
            "letterhead.changed",
            f"changed the letterhead: {named}",
            company=company,
            facts=told,
            by=by,
            at=at,
        )
    return head

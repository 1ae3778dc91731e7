"""The person behind a contact: the same one may stand at several customers of a company, and in words."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.privacy.rules.naming import known_by
from collections_app.privacy.tables import Whom

PEOPLE_NAMED_MAX = 10
DIGITS_MAX = 18


def same(contact: Contact) -> QuerySet[Contact]:
    """Their rows at all customers of the company: of one name and one address."""
    of_company = Contact.objects.filter(customer__company=contact.customer.company_id)
    if not contact.email:
        return of_company.filter(pk=contact.pk)
    alike = of_company.alias(low=Lower("email")).filter(low=contact.email.lower(), name__iexact=contact.name)
    return alike.order_by("pk")


def found(words: str, companies: Iterable[Company]) -> QuerySet[Contact]:
    """Contacts of these companies whose name, address or telephone has ``words`` in it, or of this number."""
    words = words.strip()
    met = Q(name__icontains=words) | Q(email__icontains=words) | Q(phone__icontains=words)
    if words.isascii() and words.isdecimal() and len(words) <= DIGITS_MAX:
        met |= Q(pk=int(words))
    rows = Contact.objects.filter(met, customer__company__in=companies)
    return rows.select_related("customer__company").order_by("name", "pk")


def one(words: str, company: Company) -> Contact:
    """The only contact that ``words`` mean. Raises ``Refused`` when there is none, or several people."""
    rows = list(found(words, [company])[: PEOPLE_NAMED_MAX + 1])
    if len({(row.name.casefold(), row.email.casefold()) for row in rows}) == 1:
        return rows[0]
    if not rows:
        raise Refused.because("nobody", f"No contact of {company.code} is called “{words}”.")
    told = ", ".join(f"{row.pk} ({row.name} of {row.customer.number})" for row in rows[:PEOPLE_NAMED_MAX])
    raise Refused.because("several", f"“{words}” is several people. Give the number of one: {told}.")


def whom(contact: Contact) -> Whom:
    """How they are found in the tables of their company."""
    rows = list(same(contact).select_related("customer"))
    customers = Customer.objects.filter(pk__in={row.customer_id for row in rows})
    emails = _their_own({row.email for row in rows if row.email}, contact.customer.company, rows)
    return Whom(
        company_id=contact.customer.company_id,
        contact_ids=tuple(row.pk for row in rows),
        customer_ids=tuple(sorted(customers.values_list("pk", flat=True))),
        emails=tuple(sorted(emails)),
        known=known_by(
            names=[row.name for row in rows],
            emails=emails,
            phones=[row.phone for row in rows],
            others=" ".join(_names_of_others(customers, rows)),
        ),
    )


def _names_of_others(customers: QuerySet[Customer], rows: Iterable[Contact]) -> list[str]:
    """The customers', other people's of theirs, and colleagues'. Who has the whole name is the person."""
    contacts = Contact.objects.filter(customer__in=customers).exclude(pk__in=[row.pk for row in rows])
    for name in {row.name for row in rows}:
        contacts = contacts.exclude(name__iexact=name)
    return [
        *customers.values_list("name", flat=True),
        *contacts.values_list("name", flat=True),
        *User.objects.values_list("full_name", flat=True),
    ]


def _their_own(emails: set[str], company: Company, rows: Iterable[Contact]) -> set[str]:
    """Those at which nobody else is written to: ``accounts@`` is a desk's, and stays."""
    others = Contact.objects.filter(customer__company=company).exclude(pk__in=[row.pk for row in rows])
    shared = set(
        others.alias(low=Lower("email"))
        .filter(low__in=[each.lower() for each in emails])
        .values_list(Lower("email"), flat=True)
    )
    return {each for each in emails if each.lower() not in shared}

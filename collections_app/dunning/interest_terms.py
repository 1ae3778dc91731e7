"""Whether a company charges interest, and which customers it asks none of. Changed by those who may charge
it.
"""

import datetime as dt

from django.db import transaction

from collections_app.activity import events
from collections_app.dunning.interest_rows import InterestExemption, InterestSetting
from collections_app.dunning.rules.charging import EXEMPTION_LABELS, ExemptionKind
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.selling import problems_of_seller
from collections_app.people.users import User


@transaction.atomic
def switch(*, company: Company, on: bool, by: User, at: dt.datetime) -> bool:
    """Begin or cease to tell and charge interest; whether anything changed. What was charged stays. Raises
    ``Refused``.
    """
    require(by, Deed.CHARGE_INTEREST)
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    setting = InterestSetting.objects.filter(company=company).first()
    if on == bool(setting and setting.is_on):
        return False
    InterestSetting.objects.update_or_create(
        company=company, defaults={"is_on": on, "changed_by": by, "changed_at": at}
    )
    summary = "switched interest for late payment on" if on else "switched interest for late payment off"
    events.record("interest.switched", summary, company=company, facts={"is_on": on}, by=by, at=at)
    return True


@transaction.atomic
def exempt(customer: Customer, *, kind: str, words: str = "", by: User, at: dt.datetime) -> InterestExemption:
    """Ask no law's interest of ``customer`` from now on. Raises ``Refused``, also for who sells to them."""
    require(by, Deed.CHARGE_INTEREST)
    if problems := problems_of_seller(customer.is_sold_to_by(by)):
        raise Refused(problems)
    if kind not in tuple(ExemptionKind):
        raise Refused.because("kind", "Choose why no interest is asked of them.")
    lock_customer(customer.pk)
    facts = {"kind": kind, "words": words.strip()}
    standing = InterestExemption.objects.filter(customer=customer).first()
    if standing and (standing.kind, standing.words) == (kind, facts["words"]):
        return standing
    made, _ = InterestExemption.objects.update_or_create(
        customer=customer, defaults={**facts, "made_by": by, "made_at": at}
    )
    summary = f"No interest is asked of them. {EXEMPTION_LABELS[ExemptionKind(kind)]}."
    events.record(
        "interest.exempted", summary, company=customer.company, customer=customer, facts=facts, by=by, at=at
    )
    return made


@transaction.atomic
def include(customer: Customer, *, by: User, at: dt.datetime) -> bool:
    """Treat ``customer`` as the law does again; whether that is new. Raises ``Refused``."""
    require(by, Deed.CHARGE_INTEREST)
    lock_customer(customer.pk)
    count, _ = InterestExemption.objects.filter(customer=customer).delete()
    if count:
        summary = "Interest is asked of them again as the law says."
        events.record("interest.included", summary, company=customer.company, customer=customer, by=by, at=at)
    return bool(count)

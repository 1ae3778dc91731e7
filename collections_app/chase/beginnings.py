"""How a company begins: set up, with the segments and the chase rules that every company starts with.

So that nothing has to be made when somebody only looks.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from collections_app.activity import company_setup
from collections_app.chase import weights
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from collections_app.segmentation import versions


@transaction.atomic
def set_up(*, by: User | None, at: dt.datetime, **facts: Any) -> tuple[Company, bool]:
    """A new company of the ``facts`` that ``companies.create`` takes, and whether it is new; one with that
    code is left as it is. Raises ``Refused`` with every problem.
    """
    company, is_new = company_setup.create(**facts, by=by, at=at)
    if is_new:
        versions.ensure_default(company=company, by=by, at=at)
        weights.ensure_default(company=company)
    return company, is_new

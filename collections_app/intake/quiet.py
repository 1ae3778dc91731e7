"""Reading a ledger that no file is just changing.

A file is applied in one transaction that takes a while. Whoever must not act on what it is about to change
asks here first: either the file is done, or it waits until their transaction has ended.
"""

from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement

_JOIN = Statement(__file__, "join_quiet_company")


def hold(company: Company) -> bool:
    """Keep files out of the ledger of ``company`` until the transaction ends; false when one is just being
    read in. Never waits.
    """
    return bool(_JOIN.row({"company": company.pk})["is_quiet"])

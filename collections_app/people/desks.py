"""The desks of a company: whom a question goes to when no name is known. Pure.

A desk is what somebody answers for, whatever their role lets them see; a colleague at a desk sees what waits
for it.
"""

from enum import StrEnum


class Desk(StrEnum):
    """What somebody may answer for."""

    CREDIT_CONTROL = "credit_control"
    CREDIT_MANAGER = "credit_manager"
    SALES = "sales"
    SALES_ADMINISTRATION = "sales_administration"
    WAREHOUSE = "warehouse"
    LOGISTICS = "logistics"
    QUALITY = "quality"
    RETURNS = "returns"
    SERVICE = "service"
    BILLING = "billing"
    CASHIER = "cashier"
    FINANCE = "finance"
    FINANCE_DIRECTOR = "finance_director"


LABELS: dict[Desk, str] = {
    Desk.CREDIT_CONTROL: "credit control",
    Desk.CREDIT_MANAGER: "credit manager",
    Desk.SALES: "sales",
    Desk.SALES_ADMINISTRATION: "sales administration",
    Desk.WAREHOUSE: "warehouse",
    Desk.LOGISTICS: "logistics",
    Desk.QUALITY: "quality",
    Desk.RETURNS: "returns desk",
    Desk.SERVICE: "service lead",
    Desk.BILLING: "billing",
    Desk.CASHIER: "cashier",
    Desk.FINANCE: "finance",
    Desk.FINANCE_DIRECTOR: "finance director",
}


def label(code: str) -> str:
    """How people call the desk; an unknown one by its code, none as nothing."""
    return LABELS[Desk(code)] if code in set(Desk) else code.replace("_", " ")


def is_desk(code: str) -> bool:
    """Whether there is such a desk."""
    return code in set(Desk)

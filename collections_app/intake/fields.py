"""The fields that a file may fill, by what it holds, and how each is read. The one table behind reading and
mapping.
"""

from dataclasses import dataclass

from collections_app.intake.rules import FileKind

DOCUMENT_TYPES = (
    "invoice",
    "debit_note",
    "credit_note",
    "finance_charge",
    "receipt",
    "refund",
    "reversal",
    "allocation",
    "deallocation",
)
CUSTOMER_TYPES = ("customer", "contact")
ORDER_TYPES = ("in_hand", "delivered", "cancelled")
LEFT_OUT = "skip"  # a type of row that is read over


@dataclass(frozen=True, slots=True)
class Field:
    """``reader`` names how a cell is read; ``most`` is the number of characters of a text."""

    name: str
    title: str
    reader: str
    most: int = 200


_DOCUMENT = (
    Field("type", "Type of row", "type"),
    Field("customer", "Customer number", "customer_number"),
    Field("customer_name", "Customer name", "text"),
    Field("number", "Document number", "number"),
    Field("instalment", "Instalment", "text", 20),
    Field("reference", "Reference", "text", 100),
    Field("currency", "Currency", "currency"),
    Field("amount", "Amount", "amount"),
    Field("tax", "Tax, added to the amount", "amount"),
    Field("quantity", "Quantity", "amount"),
    Field("unit_price", "Price of one", "amount"),
    Field("discount", "Discount in per cent", "percent"),
    Field("tax_type", "Kind of tax", "text", 60),
    Field("debit", "Debit amount", "amount"),
    Field("credit", "Credit amount", "amount"),
    Field("side_mark", "Debit or credit mark", "side"),
    Field("open_amount", "Open amount", "amount"),
    Field("issued_on", "Issue date", "day"),
    Field("due_on", "Due date", "day"),
    Field("posted_on", "Posting date", "day"),
    Field("settled_on", "Settled on", "day"),
    Field("terms", "Terms", "text", 40),
    Field("method", "Means of payment", "text", 40),
    Field("source_type", "Allocated from", "source_type"),
    Field("source", "Number of the payment or credit note", "number"),
    Field("allocation", "Number of the allocation", "number"),
    Field("reverses", "Number of what is reversed", "number"),
    Field("company_code", "Company code", "text", 40),
    Field("status", "Status", "text", 60),
)
_CUSTOMER = (
    Field("type", "Type of row", "type"),
    Field("customer", "Customer number", "customer_number"),
    Field("name", "Name", "text"),
    Field("parent", "Parent customer", "customer_number"),
    Field("currency", "Currency", "currency"),
    Field("terms", "Terms", "text", 40),
    Field("credit_limit", "Credit limit", "amount"),
    Field("language", "Language", "language"),
    Field("country", "Country", "country"),
    Field("time_zone", "Time zone", "time_zone"),
    Field("address", "Address", "text", 500),
    Field("classification", "Classification", "text", 40),
    Field("collector", "Collector", "text", 150),
    Field("salesperson", "Salesperson", "text", 150),
    Field("insurer_report_days", "Days until the insurer is told", "days"),
    Field("tax_number", "VAT or registration number", "text", 40),
    Field("is_active", "Active", "yes_no"),
    Field("contact_name", "Contact", "text", 150),
    Field("contact_role", "Role of the contact", "text", 100),
    Field("email", "Email", "email"),
    Field("phone", "Telephone", "text", 40),
    Field("hours", "Hours", "text", 100),
    Field("remarks", "Remarks", "text", 300),
    Field("is_primary", "Primary contact", "yes_no"),
)
_ORDER = (
    Field("type", "State", "type"),
    Field("customer", "Customer number", "customer_number"),
    Field("number", "Order number", "number"),
    Field("currency", "Currency", "currency"),
    Field("amount", "Amount", "amount"),
    Field("placed_on", "Day of the order", "day"),
    Field("wanted_on", "Wished delivery", "day"),
    Field("exemption_class", "Class", "text", 40),
    Field("salesperson", "Salesperson", "text", 150),
    Field("source", "System it comes from", "text", 60),
)

BY_KIND: dict[FileKind, tuple[Field, ...]] = {
    FileKind.OPEN_ITEMS: _DOCUMENT,
    FileKind.TRANSACTIONS: _DOCUMENT,
    FileKind.CUSTOMERS: _CUSTOMER,
    FileKind.ORDERS: _ORDER,
}
TYPES_OF: dict[FileKind, tuple[str, ...]] = {
    FileKind.OPEN_ITEMS: DOCUMENT_TYPES,
    FileKind.TRANSACTIONS: DOCUMENT_TYPES,
    FileKind.CUSTOMERS: CUSTOMER_TYPES,
    FileKind.ORDERS: ORDER_TYPES,
}


def default_type_of(kind: FileKind) -> str:
    """What a row is that does not say: "invoice", "customer" or "in_hand"."""
    return TYPES_OF[kind][0]


def title_of(name: str) -> str:
    """The words for a field: "issued_on" is "Issue date"."""
    return next(
        (field.title for fields in (_DOCUMENT, _CUSTOMER, _ORDER) for field in fields if field.name == name),
        name,
    )

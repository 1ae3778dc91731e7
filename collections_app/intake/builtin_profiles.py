# ruff: noqa: E501 - tables and files are read across, a line each
"""The profiles that come with the product, one for each shape of file that is met often. Data, no code. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from collections_app.intake.fields import BY_KIND
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.rules import FileKind

OPEN, MOVES, WHO, ORDERS = FileKind.OPEN_ITEMS, FileKind.TRANSACTIONS, FileKind.CUSTOMERS, FileKind.ORDERS


@dataclass(frozen=True, slots=True)
class Available:
    """A profile that can be chosen: its name, a title, what it expects in one sentence, how it reads."""

    name: str
    title: str
    about: str
    mapping: Mapping
    is_builtin: bool = True


def _headers(**columns: str) -> dict[str, tuple[str, ...]]:
    return {
        field: tuple(header.strip() for header in headers.split("|")) for field, headers in columns.items()
    }


def _own(kind: FileKind, without: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    return {field.name: (field.name, field.title) for field in BY_KIND[kind] if field.name not in without}


# Fields that other files need and our own format does not.
_NOT_OURS = (
    "tax",
    "debit",
    "credit",
    "side_mark",
    "status",
    "quantity",
    "unit_price",
    "discount",
    "tax_type",
)
_B2B = _headers(
    customer="cust_number", customer_name="name_customer", number="doc_id|invoice_id", due_on="due_in_date", terms="cust_payment_terms",
    company_code="business_code",
)  # fmt: skip
_SAP_TYPES = {
    "RV": "invoice", "DR": "invoice", "DG": "credit_note", "DZ": "receipt", "DA": "invoice", "AB": "invoice", "ZP": "receipt",
    "DV": "finance_charge", "*": "invoice",
}  # fmt: skip
_SAP = _headers(
    type="Document Type|Doc. Type|Belegart|Documentsoort|BLART",
    customer="Account|Customer|Kundennummer|Debitor|Konto|Debiteurnummer|Debiteur|Klant|KUNNR",
    customer_name="Name 1|Customer Name|Name|Naam|NAME1",
    number="Document Number|Belegnummer|Documentnummer|BELNR",
    instalment="BUZEI",
    reference="Reference|Referenz|Referentie|XBLNR|Assignment|Zuordnung|ZUONR",
    # An amount in our own currency never stands beside the currency of the document.
    currency="Local Currency|Hauswährung|Lokale valuta|LCurr",
    open_amount="Amount in Local Currency|Betrag in Hauswährung|Bedrag in lokale valuta|Amount in LC",
    side_mark="SHKZG|Soll/Haben-Kennz.|Debit/Credit Ind.",
    issued_on="Document Date|Belegdatum|Documentdatum|BLDAT",
    posted_on="Posting Date|Buchungsdatum|Boekingsdatum|BUDAT",
    due_on="Net Due Date|Nettofälligkeitsdatum|Nettofälligkeit|Netto-vervaldatum|Nettovervaldatum",
    terms="Terms of Payment|Zahlungsbedingung|ZTERM",
    company_code="Company Code|Buchungskreis|BUKRS",
)
_BC = _headers(
    type="Document Type|Document_Type|documentType", customer="Customer No.|Customer_No|customerNumber",
    customer_name="Customer Name", number="Document No.|Document_No|documentNumber",
    reference="External Document No.|externalDocumentNumber", currency="Currency Code|Currency_Code|currencyCode",
    open_amount="Remaining Amount|Remaining_Amount|remainingAmount", amount="Amount|Original Amount", issued_on="Document Date|Document_Date|Posting Date|Posting_Date|postingDate",
    posted_on="Posting Date|Posting_Date|postingDate", due_on="Due Date|Due_Date|dueDate",
)  # fmt: skip
_BC_TYPES = {
    "invoice": "invoice", "payment": "receipt", "credit memo": "credit_note", "finance charge memo": "finance_charge",
    "reminder": "skip", "refund": "refund", "_x0020_": "invoice", "*": "invoice",
}  # fmt: skip

BUILTIN: tuple[Available, ...] = (
    Available("own", "Open items, our own format", "Every row an open document or payment, as documented in file-formats.md.",
              Mapping(OPEN, _own(OPEN, ("settled_on", "source_type", "source", "allocation", "reverses", *_NOT_OURS)), signed=False)),
    Available("own", "Transactions, our own format", "Invoices, credit notes, payments, allocations and reversals, one a row.",
              Mapping(MOVES, _own(MOVES, ("open_amount", *_NOT_OURS)), signed=False)),
    Available("own", "Customers and contacts, our own format", "A customer or a contact a row, parents by number.",
              Mapping(WHO, _own(WHO), default_type="customer")),
    Available("own", "Orders, our own format", "An order a row: number, customer, amount, day, and whether it is still to be delivered.",
              Mapping(ORDERS, {**_own(ORDERS), **_headers(type="state|type")}, default_type="in_hand")),
    Available("b2b-open", "Receivables, open list (DD-MM-YYYY, converted_usd)", "Open invoices with cust_number, doc_id, posting_date and due_in_date.",
              Mapping(OPEN, {**_B2B, **_headers(issued_on="posting_date", open_amount="converted_usd")},
                      days=("D-M-Y",), strips_zeros=True, decimals=3, currency="USD")),
    Available("b2b-closed", "Receivables, closed list (clear_date, due_date, amount)", "Settled invoices without numbers: customer, due date, day of clearing, amount.",
              Mapping(MOVES, _headers(customer="cust_number", settled_on="clear_date", due_on="due_date", amount="amount"), strips_zeros=True, currency="USD")),
    Available("b2b-raw", "Receivables, 19 columns (isOpen, clear_date)", "Open and settled invoices in one file, four ways of writing a date side by side.",
              Mapping(MOVES, {**_B2B, **_headers(issued_on="posting_date", settled_on="clear_date", amount="total_open_amount", currency="invoice_currency")},
                      days=("YYYYMMDD",), strips_zeros=True, decimals=3)),
    Available("late-payments", "Late payment histories (M/D/YYYY, SettledDate)", "Paid invoices with customerID, invoiceNumber, InvoiceDate, DueDate and SettledDate.",
              Mapping(MOVES, _headers(customer="customerID", number="invoiceNumber", issued_on="InvoiceDate", due_on="DueDate", amount="InvoiceAmount", settled_on="SettledDate"),
                      days=("M-D-Y",))),
    Available("quickbooks-open", "QuickBooks: Open Invoices", "The report as exported: a title row for each customer, dates M/D/YYYY, totals are read over.",
              Mapping(OPEN, _headers(type="Transaction type", number="Num", terms="Term|Terms", issued_on="Date|Transaction date", due_on="Due date", open_amount="Open balance", amount="Amount"),
                      days=("M-D-Y",), is_grouped=True, has_footer=True, total_words=("Total",),
                      types={"invoice": "invoice", "credit memo": "credit_note", "payment": "receipt", "finance charge": "finance_charge", "journal entry": "invoice", "refund": "refund", "*": "invoice"})),
    Available("quickbooks-contacts", "QuickBooks: Customer Contact List", "The report as exported: full name, telephone, email, address.",
              Mapping(WHO, _headers(name="Customer full name|Customer", phone="Phone numbers|Phone", email="Email", contact_name="Full name", address="Bill address|Billing address"),
                      default_type="customer", has_footer=True, total_words=("Total",))),
    Available("quickbooks-template", "QuickBooks: invoice import template", "Invoices of several rows; customer and dates stand on the first row only. Dates M/D/YYYY.",
              Mapping(MOVES, _headers(number="InvoiceNo", customer="Customer", issued_on="InvoiceDate", due_on="DueDate", terms="Terms", reference="Memo", amount="ItemAmount", tax="ItemTaxAmount|Item Tax Amount", currency="Currency"),
                      days=("M-D-Y",), lines="summed", fills_down=("number", "customer", "issued_on", "due_on", "terms", "currency"))),
    Available("quickbooks-sales", "QuickBooks: Sales by Product/Service Detail", "Invoices of several rows under titles of products, dates M/D/YYYY.",
              Mapping(MOVES, _headers(type="Transaction type", number="Num", customer="Customer full name|Customer", issued_on="Transaction date|Date", amount="Amount"),
                      days=("M-D-Y",), lines="summed", has_footer=True, total_words=("Total",), total_when_empty=("issued_on", "number"),
                      types={"invoice": "invoice", "credit memo": "credit_note", "sales receipt": "skip", "*": "invoice"})),
    Available("xero-invoices", "Xero: sales invoices export", "One row a line, totals repeated; what is due is open. Dates D/M/YYYY.",
              Mapping(OPEN, _headers(type="Type", customer="ContactName", number="InvoiceNumber", reference="Reference", issued_on="InvoiceDate", due_on="DueDate", amount="Total", open_amount="InvoiceAmountDue", currency="Currency", status="Status"),
                      days=("D-M-Y",), lines="repeated", skip_status=("Draft", "Voided", "Deleted", "Submitted"),
                      types={"sales invoice": "invoice", "sales credit note": "credit_note", "*": "invoice"})),
    Available("xero-aged", "Xero: Aged Receivables Detail", "The report as exported: a title row for each contact, totals are read over, credit notes may have no number. Dates D/M/YYYY, or those of the spreadsheet.",
              Mapping(OPEN, _headers(number="Invoice Number|Number", reference="Invoice Reference|Reference", issued_on="Invoice Date|Date", due_on="Due Date|Due date", open_amount="Total", currency="Currency"),
                      days=("D-M-Y",), is_grouped=True, has_footer=True, total_words=("Total",), total_when_empty=("issued_on", "due_on"))),
    Available("xero-template", "Xero: sales invoice import template", "All generations of the template: a Total that every row of a document repeats, or else quantities times prices, which add up. Dates D/M/YYYY.",
              Mapping(MOVES, _headers(customer="ContactName", number="InvoiceNumber", reference="Reference", issued_on="InvoiceDate", due_on="DueDate", amount="Total", currency="Currency",
                                      quantity="Quantity", unit_price="UnitAmount", discount="Discount", tax="TaxAmount", tax_type="TaxType"),
                      days=("D-M-Y",), lines="priced", fills_down=("customer", "number", "issued_on", "due_on", "currency"))),
    Available("sap-fbl5n", "SAP: customer line items (FBL5N), English", "Dates M/D/YYYY or DD.MM.YYYY set in the profile; subtotals are read over; minus before or behind.",
              Mapping(OPEN, _SAP, days=("M-D-Y", "YYYYMMDD"), types=_SAP_TYPES, strips_zeros=True, total_when_empty=("number",))),
    Available("sap-fbl5n-de", "SAP: Debitorenposten (FBL5N), German", "Dates DD.MM.YYYY, amounts 1.234,56 with the minus behind.",
              Mapping(OPEN, _SAP, days=("D-M-Y", "YYYYMMDD"), decimal_mark=",", types=_SAP_TYPES, strips_zeros=True, total_when_empty=("number",))),
    Available("sap-fbl5n-nl", "SAP: debiteurenposten (FBL5N), Dutch", "Dates DD.MM.YYYY or DD-MM-YYYY, amounts 1.234,56.",
              Mapping(OPEN, _SAP, days=("D-M-Y", "YYYYMMDD"), decimal_mark=",", types=_SAP_TYPES, strips_zeros=True, total_when_empty=("number",))),
    Available("sap-bsid", "SAP: table extract (BSID, BSAD)", "Technical names; WRBTR in the currency WAERS, SHKZG tells the side, ZFBDT and ZBD1T the due date; dates YYYYMMDD.",
              Mapping(OPEN, {**_SAP, **_headers(issued_on="ZFBDT|BLDAT", terms="ZBD1T|ZTERM", open_amount="WRBTR", currency="WAERS")}, days=("YYYYMMDD", "D-M-Y"), types=_SAP_TYPES, strips_zeros=True, total_when_empty=("number",))),
    Available("sage50-audit", "Sage 50: audit trail", "Types SI, SC, SR, SA; net and tax add up; dates D/M/YYYY.",
              Mapping(MOVES, _headers(type="Type", customer="Account Reference|A/C", number="Reference", issued_on="Date", reference="Details", amount="Net Amount", tax="Tax Amount"),
                      days=("D-M-Y",), signed=False, lines="summed",
                      types={"SI": "invoice", "SC": "credit_note", "SR": "receipt", "SA": "receipt", "SD": "credit_note", "*": "skip"})),
    Available("dynamics-bc", "Dynamics 365 Business Central: customer ledger entries", "Remaining Amount is open; payments and credit memos are negative; dates M/D/YYYY or ISO.",
              Mapping(OPEN, _BC, days=("M-D-Y",), types=_BC_TYPES)),
    Available("coupa-receivables", "Coupa Treasury: IC Recon, invoice export (receivables)", "Fourteen columns without headers: number, debtor, two dates YYYYMMDD, amount, currency.",
              Mapping(OPEN, _headers(number="#1", customer="#2", issued_on="#3", due_on="#4", open_amount="#5", currency="#6", reference="#8", posted_on="#11"),
                      has_header=False, days=("YYYYMMDD", "Y-M-D"))),
    Available("odoo-invoices", "Odoo: list of customer invoices", "Amount Due Signed is open, in the company's own currency whatever that of the invoice; ISO dates.",
              Mapping(OPEN, _headers(customer="Invoice Partner Display Name|Partner|invoice_partner_display_name", number="Number|name", reference="Reference|ref", issued_on="Invoice/Bill Date|Invoice Date|invoice_date",
                                     due_on="Due Date|invoice_date_due", amount="Total Signed|amount_total_signed", open_amount="Amount Due Signed|amount_residual_signed", currency="Company Currency|company_currency_id", status="Status|state"),
                      skip_status=("Draft", "Cancelled", "Canceled", "cancel"), total_when_empty=("number",))),
)  # fmt: skip

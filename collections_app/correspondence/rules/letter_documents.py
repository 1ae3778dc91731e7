"""The values that a template may name, each with what it means: beside the editor, in the documentation, and
the shape that a template is read against. One table.
"""

from typing import Any

from collections_app.correspondence.rules.liquid_dialect import FILTERS, TAGS
from collections_app.correspondence.rules.liquid_names import Shape

# Path and meaning. "[]" stands for each one of a list; a group that may be missing says so.
DOCUMENTED: tuple[tuple[str, str], ...] = (
    ("company.name", "Our company."),
    ("company.address", "Our address, one line each."),
    ("company.reply_to", "The mailbox that reads answers."),
    ("company.phone", "The number of our credit control."),
    ("company.hours", "When somebody answers it."),
    ("company.bank_details", "Where to pay, one line each."),
    ("customer.number", "Their customer number with us."),
    ("customer.name", "The customer’s name."),
    ("customer.address", "Their address, one line each."),
    ("contact.name", "Who reads the letter; empty when nobody is on file."),
    ("contact.first_name", "The first word of that name."),
    ("contact.last_name", "The rest of that name."),
    ("contact.email", "Their address for email."),
    ("collector.name", "The person of ours who signs; may be empty."),
    ("collector.email", "That person’s address for email; our mailbox for answers when none is on file."),
    ("collector.phone", "That person’s number; our common one when none is on file."),
    ("level", "The level of a reminder, a number from 0 to 5; nothing for other letters."),
    ("today", "The day of the letter."),
    ("answer_by", "The day by which we ask to hear from them; always a working day."),
    ("items", "The table of open documents, laid out for text and for HTML. Write it on a line of its own."),
    ("count", "How many documents something is asked for."),
    (
        "asked[]",
        "What is asked for, an amount a currency: overdue (before the due date: falling due), less what is "
        "set aside or covered by credits. Join it.",
    ),
    (
        "set_aside[]",
        "What is under review or already agreed, and so not asked for, an amount a currency.",
    ),
    ("tables[].currency", "The currency of one table, such as EUR."),
    ("tables[].rows[].number", "The number of a document."),
    ("tables[].rows[].kind", "What it is: invoice, credit note ..., in the reader’s language."),
    ("tables[].rows[].reference", "Their reference or order number; may be empty."),
    ("tables[].rows[].invoiced_on", "The day of the document."),
    ("tables[].rows[].due_on", "When it is or was due; may be empty."),
    ("tables[].rows[].days_overdue", "Days past the due date, a number; 0 when it is not overdue."),
    ("tables[].rows[].amount", "What was invoiced; a credit is below zero."),
    ("tables[].rows[].open", "What is open of it today."),
    ("tables[].rows[].disputed", "The part under review; empty when none."),
    ("tables[].rows[].promised", "The part whose payment is agreed; empty when none."),
    ("tables[].rows[].asked", "What is left to ask for."),
    ("tables[].overdue", "All past the due date in this currency; empty when nothing is."),
    ("tables[].total", "All that is open in this currency, less credits."),
    ("tables[].asked", "What the letter asks for in this currency."),
    ("oldest.number", "The document that waits longest. Its group is missing when nothing is open."),
    ("oldest.kind", "What it is, in the reader’s language."),
    ("oldest.reference", "Their reference; may be empty."),
    ("oldest.invoiced_on", "The day of the document."),
    ("oldest.due_on", "When it is or was due; may be empty."),
    ("oldest.days_overdue", "Days past the due date, a number; 0 when it is not overdue."),
    ("oldest.amount", "What was invoiced."),
    ("oldest.open", "What is open of it today."),
    ("oldest.disputed", "The part under review; empty when none."),
    ("oldest.promised", "The part whose payment is agreed; empty when none."),
    ("oldest.asked", "What is left to ask for."),
    ("written_on[]", "The days on which we wrote about this before, the earliest first."),
    ("written", "The same days as one phrase, such as 3 March and 10 March; empty when there are none."),
    ("attached[]", "The files that leave with the letter."),
    (
        "consequence.action",
        "What happens if nothing is heard, to follow “we will”. Missing unless it is planned.",
    ),
    ("consequence.on", "The day on which it happens."),
    (
        "protocol.days",
        "How many days they have to answer a letter before action, where rules of conduct say so (United "
        "Kingdom). The group is missing elsewhere.",
    ),
    ("protocol.enclosed[]", "The papers that go with it to a person or sole trader; none for a company."),
    (
        "interest.rows[].number",
        "An invoice that bears interest. The group is missing unless interest is told.",
    ),
    ("interest.rows[].days", "Days of interest."),
    ("interest.rows[].rate", "The rate a year."),
    ("interest.rows[].interest", "The interest so far."),
    ("interest.rows[].fixed_sum", "The fixed sum for late payment; empty when none."),
    ("interest.total[]", "Interest and fixed sums together, one amount a currency."),
    ("agreed.on", "The day of the call. The group is there in the summary after a call."),
    ("agreed.theirs[]", "What they will do, one line each."),
    ("agreed.ours[]", "What we will do, one line each."),
    ("agreed.looking_into[]", "What we are looking into, one line each."),
    ("hold.orders[]", "The numbers of the orders that wait. The group is there in the letters about a hold."),
    ("hold.frees", "The smallest payment that frees them."),
)


_PAGE = """\
# What a letter may name

Letters are written in Liquid over these values, and nothing else. Amounts and days are written out in the
reader's language before a letter sees them, so that no letter computes money. What is empty does not hold in
a condition: `{{% if contact.name %}}`. `[]` stands for each one of a list. This page
is made from the table in the code.

| value | meaning |
|---|---|
{rows}

Tags: {tags}. Filters: {filters}.

What a letter may not do: name a value that is not here, load another letter, count without a list, repeat
itself more than 20,000 times, become longer than 200,000 letters, or take longer than two seconds. Each is
refused with the line and a sentence. HTML of one's own loads no pictures, scripts or styles from elsewhere.
"""


def _shape() -> Shape:
    shape: dict[str, Any] = {}
    for path, _ in DOCUMENTED:
        here = shape
        *groups, leaf = path.split(".")
        for group in groups:
            name = group.removesuffix("[]")
            inner = here.setdefault(name, [{}] if group.endswith("[]") else {})
            here = inner[0] if isinstance(inner, list) else inner
        here[leaf.removesuffix("[]")] = [None] if leaf.endswith("[]") else None
    return shape


SHAPE: Shape = _shape()


def page() -> str:
    """The page of the documentation, in Markdown; the tests compare it with what is committed."""
    rows = "\n".join(f"| `{path}` | {meaning} |" for path, meaning in DOCUMENTED)
    filters = ", ".join(f"`{name}`" for name in FILTERS)
    tags = ", ".join(f"`{name}`" for name in TAGS)
    return _PAGE.format(rows=rows, filters=filters, tags=tags)

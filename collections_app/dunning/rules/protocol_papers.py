"""The papers that go with a letter before action to a person or sole trader in the United Kingdom: what
stands on the information sheet, the reply form and the financial statement. Pure.

In words of our own, after what the Pre-Action Protocol for Debt Claims asks for; English, as the court is.
Whoever sues has a lawyer read them first: the protocol brings forms of its own, which a court prefers. Data
for ``letters/form.typ``.
"""

from collections.abc import Sequence
from typing import Any

from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.dunning.rules.protocols import PERSON_DAYS, Paper
from collections_app.lib import locales

NOTICE_DAYS = 14  # before court, when both have spoken and could not agree
LINES = 4

ADVICE = (
    "StepChange Debt Charity: www.stepchange.org",
    "National Debtline: www.nationaldebtline.org",
    "Business Debtline, for sole traders: www.businessdebtline.org",
    "Citizens Advice: www.citizensadvice.org.uk",
    "MoneyHelper: www.moneyhelper.org.uk",
)
INCOME = (
    "Wages or drawings from your business",
    "Wages of others you live with",
    "Benefits, tax credits, pensions",
    "Maintenance, rent from others, other income",
)
SPENDING = (
    "Rent or mortgage",
    "Council tax, water, energy",
    "Food and household",
    "Telephone, television, internet",
    "Travel, car, insurance",
    "Children, care, maintenance",
    "Fines, and debts that come first",
    "Other",
)
BLANK_DEBTS = ("", "", "", "")


def of(paper: Paper, values: LetterValues) -> dict[str, Any]:
    """What stands on one of the papers, for the customer of ``values``."""
    titles = {
        Paper.INFORMATION: "Information sheet: what a letter before action means for you",
        Paper.REPLY: "Reply form",
        Paper.FINANCES: "Financial statement",
    }
    parts = {Paper.INFORMATION: _information, Paper.REPLY: _reply, Paper.FINANCES: _finances}[paper](values)
    company, customer = values.company, values.customer
    asked = _asked(values)
    return {
        "language": "en",
        "paper": "a4",
        "document": f"{titles[paper]}: {customer.name}",
        "title": titles[paper],
        "company": company.name,
        "facts": [company.name, f"Your number with us: {customer.number}", asked],
        "footer": f"{company.name} · {customer.number}",
        "parts": parts,
    }


def _information(values: LetterValues) -> list[dict[str, Any]]:
    by = _day(values)
    return [
        _part(
            "Why you have this",
            f"{values.company.name} says that you owe it money, and has sent you a letter before action. In "
            "England and Wales the Pre-Action Protocol for Debt Claims says what both sides do before "
            "anything goes to court. It is for debts of people and sole traders.",
            "Its aim is that you and the business find an answer without a court. This sheet says what you "
            "can do.",
        ),
        _part(
            "Answer within 30 days",
            f"You have {PERSON_DAYS} days from the date on the letter. Please answer by {by}. Use the reply "
            "form: tick what is true, fill in what you can, and keep a copy. Without an answer in that time "
            "the business may go to court.",
            f"Once your form is there, the business waits {PERSON_DAYS} days more before it goes to court. "
            f"When you ask for papers, it sends them, or says why it cannot, within {PERSON_DAYS} days, and "
            f"waits until {PERSON_DAYS} days after you have them.",
        ),
        _part(
            "If you owe it",
            "Pay it, as the letter says. If you cannot pay all of it now, say so on the reply form and offer "
            "what you can pay each week or month. Send the financial statement with it, so that the business "
            "sees what you can afford. If it does not take your offer, it tells you why.",
        ),
        _part(
            "If you owe only a part of it, or nothing",
            "Say on the reply form which part you do not owe, and why. Send copies of what shows it. You can "
            "ask for the papers the business relies on, such as the invoice, the order or the contract, and "
            "how the sum is made up.",
        ),
        _part(
            "Get advice, it is free",
            "You can speak to somebody who is on your side. Tell the business on the form that you are "
            f"getting advice: it then gives you time for it, at least {PERSON_DAYS} days.",
            more=ADVICE,
        ),
        _part(
            "If you cannot agree",
            "Both sides think about settling it another way: talking, a complaints scheme, or a neutral "
            "mediator. A court may ask why one of them would not. When you have answered and there is still "
            f"no agreement, the business tells you at least {NOTICE_DAYS} days before it goes to court.",
            "If the letter is not for you, or the debt is not yours, please say so at once.",
        ),
    ]


def _reply(values: LetterValues) -> list[dict[str, Any]]:
    company = values.company
    to = [company.name, *company.address.splitlines()]
    email = f" or by email to {company.reply_to}" if company.reply_to else ""
    return [
        _part(
            "Where to send it",
            f"Please send it by {_day(values)} to {', '.join(line for line in to if line.strip())}{email}.",
        ),
        _part(
            "1. Do you owe it?",
            ticks=(
                "I owe all of it and pay it now, as the letter says.",
                "I owe all of it, and need time to pay. (Go on with 2.)",
                "I owe a part of it. (Write how much under 2, and why not the rest under 3.)",
                "I do not owe it. (Go on with 3.)",
                "I do not know whether I owe it. (Go on with 4.)",
            ),
        ),
        _part(
            "2. How you can pay",
            "Please enclose the financial statement when you offer to pay in parts.",
            blanks=(
                "I owe this much",
                "I can pay at once",
                "and then each week or month",
                "from this day on",
            ),
        ),
        _part("3. Why you do not owe it, or not all of it", lines=LINES),
        _part(
            "4. What you need",
            ticks=(
                "I am getting advice about debt, or want to, and need time for it.",
                "I need copies of papers, or to know how the sum is made up (say which below).",
                "I enclose copies of papers.",
            ),
            blanks=("Who advises me, and until when", "Papers that I need or enclose"),
        ),
        _part(
            "5. You",
            blanks=("Name", "Address", "Telephone and email", "Day and signature"),
        ),
    ]


def _finances(values: LetterValues) -> list[dict[str, Any]]:
    return [
        _part(
            "What this is for",
            "It shows what you can afford. Fill it in as well as you can, in pounds a month; estimates are "
            "fine. Somebody who gives free advice about debt can help you with it.",
            blanks=("Name", "People I keep (adults, children)", "My work, or trade"),
        ),
        _part("What comes in", heads=("Each month", "£"), rows=(*INCOME, "All of it together")),
        _part("What goes out", heads=("Each month", "£"), rows=(*SPENDING, "All of it together")),
        _part(
            "What else I owe",
            heads=("To whom", "Still owed, £", "A month, £", "In arrears, £"),
            rows=BLANK_DEBTS,
        ),
        _part(
            "What I own",
            heads=("House, vehicle, savings ...", "Worth, £", "Owed on it, £"),
            rows=("", "", ""),
        ),
        _part(
            "What I can offer",
            "What is left when what goes out is taken from what comes in is what you can share among those "
            f"you owe, {values.company.name} among them.",
            blanks=("Left each month", "My offer", "From this day on", "Day and signature"),
        ),
    ]


def _part(
    title: str,
    *words: str,
    more: Sequence[str] = (),
    ticks: Sequence[str] = (),
    blanks: Sequence[str] = (),
    lines: int = 0,
    heads: Sequence[str] = (),
    rows: Sequence[str] = (),
) -> dict[str, Any]:
    return {
        "title": title,
        "words": [*words, *more],
        "ticks": list(ticks),
        "blanks": list(blanks),
        "lines": lines,
        "heads": list(heads),
        "rows": list(rows),
    }


def _day(values: LetterValues) -> str:
    return locales.day(values.answer_by, locales.locale_of("en", "GB"))


def _asked(values: LetterValues) -> str:
    british = locales.locale_of("en", "GB")
    sums = [locales.amount(table.asked, table.currency, british) for table in values.tables if table.asked]
    return f"Asked for on {locales.day(values.today, british)}: {' and '.join(sums)}"

"""What was said, in words that anybody may read one day: facts, courteous, no opinions about people."""

from collections_app.contact.rules import Outcome

SAID: dict[Outcome, tuple[str, ...]] = {
    Outcome.NO_ANSWER: (
        "",
        "No answer at the desk; the switchboard is closed for the day.",
        "Rang twice, will try again tomorrow morning.",
    ),
    Outcome.LEFT_MESSAGE: (
        "Left a message with a colleague, who will pass it on.",
        "Left a voice message with the invoice numbers and my direct line.",
    ),
    Outcome.CALL_BACK: (
        "In a meeting; asked us to ring again at the agreed time.",
        "The person who approves is back then; agreed to speak again.",
    ),
    Outcome.PROMISED: (
        "Approved and in the next payment run.",
        "Thanked us for the call. The payment is released with this week's run.",
        "The order number was missing; they have it now and will pay on the agreed day.",
    ),
    Outcome.SAYS_PAID: (
        "Says the transfer left yesterday; will send the remittance.",
        "Paid this morning, reference to follow.",
    ),
    Outcome.WANTS_COPY: (
        "Has no copy. Sent it by email while we spoke.",
        "Asked for a copy with the order number on it.",
    ),
    Outcome.DISPUTES: (
        "Contests a part; the rest is fine and will be paid.",
        "Checked the delivery together; will send details.",
    ),
    Outcome.WRONG_PERSON: ("Invoices now go to the head office; gave me the name there.",),
    Outcome.INFORMED: (
        "Went through the open invoices together; a statement follows by email.",
        "Told them what is due this month.",
    ),
    Outcome.OTHER: ("Their system changed; remittances come from a new address from now on.",),
}
REASONS = (
    ("PRICE", "The agreed discount is missing."),
    ("QTY", "Two boxes fewer than on the delivery note."),
    ("DMG", "Some goods arrived damaged; photographs sent."),
    ("RET", "Returned last week, the credit note is awaited."),
    ("PO", "The order number is missing, so it cannot be approved."),
    ("POD", "Asks for the signed proof of delivery."),
    ("DUP", "Believes this was invoiced twice."),
)
REASON_SHARES = (36, 24, 14, 10, 8, 5, 3)
SNOOZE_REASONS = (
    "Their bookkeeping moves house this week; agreed to speak after that.",
    "Statement sent and being checked on their side.",
    "The director is away; nothing can be released before.",
)

"""The stories of the cast in the first company, one function each; ``cast`` says what each shows."""

from collections.abc import Callable

from collections_app.contact.rules import Channel, Direction, NextStep, Outcome
from collections_app.contact.rules.dispute_endings import Finding
from collections_app.ledger.rules import InvoiceKind, PaymentKind
from collections_app.management.demo import cast
from collections_app.management.demo.calendars import DAY, month_end
from collections_app.management.demo.cast import Member
from collections_app.management.demo.contests import Answer, Wait
from collections_app.management.demo.scenes import Run, Scene

Story = Callable[[Scene], None]


def brandt(scene: Scene) -> None:
    """Due on the 3rd, paid on the 15th, 31 times; then three invoices that were not."""
    runs: list[Run] = []
    due = (scene.today - DAY * 60).replace(day=3)
    left = 31
    while left:
        count = min(left, 1 + len(runs) % 2)
        documents = [
            scene.owed(0, "7420.00", due=due, terms=30 - 2 * n, reference=f"PO 48{len(runs):03d}")
            for n in range(count)
        ]
        runs.append(scene.paid(documents, scene.days.on_or_before(due.replace(day=15))))
        due, left = month_end(due.replace(day=1) - DAY).replace(day=3), left - count
    for place, is_kept in ((1, True), (4, False), (6, True), (9, True)):
        scene.promised_then(runs[place], "Approved, goes out with the run on the 15th.", is_kept=is_kept)
    first = scene.owed(41, "22150.00", reference="PO 48101")
    second = scene.owed(26, "9450.00", reference="PO 48107")
    third = scene.owed(11, "16600.00", reference="PO 48112")
    scene.owed(-9, "12000.00", reference="PO 48119")
    scene.promised(9, "10:40", "Approved, in Friday's run.", [first], in_days=-3)
    log_id = scene.said(
        6, "14:05", Outcome.DISPUTES,
        "Eleven pallets came without the agreed rebate. The other five are fine.", about=[third],
        channel=Channel.EMAIL, direction=Direction.IN,
    )  # fmt: skip
    scene.contested(
        log_id, 6, third, "11300.00", "PRICE", "The agreed rebate on eleven pallets is missing.",
        answer=Answer(
            scene.worked(1), Finding.PARTLY_RIGHT,
            "The rebate was agreed for eight of the eleven pallets; the offer is with the order.",
        ),
    )  # fmt: skip
    scene.said(
        1, "15:10", Outcome.CALL_BACK,
        "In a meeting until tomorrow; the release needs her director. Agreed on 10:15.",
        about=[first, second, third], step=NextStep.CALL_BACK, step_at="10:15",
    )  # fmt: skip


def harrow_tools(scene: Scene) -> None:
    scene.settled(22, late=12, amount="3180.00")
    overdue = [
        scene.owed(33, "4310.50", reference="PO HT-771"),
        scene.owed(19, "2875.25", reference="PO HT-779"),
    ]
    scene.owed(-6, "3120.00", reference="PO HT-786")
    scene.said(
        1, "11:35", Outcome.CALL_BACK, "Wants to check both with the group first. Speak at 11:00.",
        about=overdue, step=NextStep.CALL_BACK, step_at="11:00",
    )  # fmt: skip


def harrow_holdings(scene: Scene) -> None:
    scene.settled(12, late=0, amount="8800.00")
    scene.owed(-15, "9150.00")


def tarnstead(scene: Scene) -> None:
    for place in range(24):
        due = scene.today - DAY * (680 - place * 26)
        friday = due + DAY * (21 + (4 - (due + DAY * 21).weekday()) % 7)
        scene.paid([scene.owed(0, "1240.00", due=due)], scene.days.on_or_before(friday))
    scene.owed(16, "1310.00")


def kesterby(scene: Scene) -> None:
    scene.settled(14, late=38, amount="1650.00", until=75)
    invoices = [scene.owed(63, "2940.00"), scene.owed(48, "1880.00"), scene.owed(34, "2215.40")]
    scene.promised(38, "10:20", "Will pay the oldest at the end of the week.", invoices[:1], in_days=-34)
    scene.promised(
        24,
        "09:50",
        "A large payment of their own came late; next Thursday for certain.",
        invoices[:2],
        in_days=-19,
    )
    scene.promised(10, "13:45", "All three with the next run.", invoices, in_days=-6)
    scene.said(
        2, "10:05", Outcome.LEFT_MESSAGE, "Left a message with a colleague and my number.", about=invoices
    )


def venburn(scene: Scene) -> None:
    scene.settled(18, late=6, amount="5400.00")
    came = Wait(scene.worked(8), "photographs of the boxes", scene.worked(5), "Six photographs, by email.")
    for days, amount, reason, text, wait in (
        (37, "6180.00", "QTY", "Forty sets of linen instead of sixty.", None),
        (22, "2450.00", "DMG", "Three boxes came wet; photographs follow.", came),
    ):
        document = scene.owed(days, amount)
        log_id = scene.said(
            9,
            "14:05",
            Outcome.DISPUTES,
            text,
            about=[document],
            direction=Direction.IN,
            step=NextStep.REVIEW,
            in_days=2,
        )
        scene.contested(log_id, 9, document, amount, reason, text, wait=wait)


def yarcombe(scene: Scene) -> None:
    scene.settled(16, late=4, amount="980.00")
    overdue = [scene.owed(18, "1120.00"), scene.owed(9, "640.00")]
    text = "The older one is in this week's run of the practice, the other in the next."
    scene.promised(1, "11:15", text, overdue, in_days=3, rest_in_days=8)


def rosholt(scene: Scene) -> None:
    scene.settled(20, late=-2, amount="720.00")
    scene.owed(12, "815.00")
    scene.received(3, "2000.00", reference="on account")


def wexdale(scene: Scene) -> None:
    scene.settled(15, late=2, amount="1430.00")
    again = scene.owed(55, "1510.00")
    run = scene.books.pay([again], on=scene.worked(36), method="direct debit")
    scene.books.bounce(run, on=scene.worked(32))
    scene.paid([again], scene.worked(24))
    document = scene.owed(20, "1475.00")
    money = scene.books.pay([document], on=scene.worked(12), method="direct debit")
    scene.books.bounce(money, on=scene.worked(8))
    scene.said(
        7,
        "09:40",
        Outcome.INFORMED,
        "Told them that the debit was returned; they ask their bank.",
        about=[document],
    )


def ingmere(scene: Scene) -> None:
    scene.settled(10, late=9, amount="2100.00")
    scene.owed(24, "2260.00", reference="PO 7004518")
    reason = "The finance office is closed for the school holiday; agreed to speak after it."
    scene.talk.snooze(scene.worked(2), 10 * 60, until=scene.days.after(scene.today, 6), reason=reason)


def fennmere(scene: Scene) -> None:
    scene.settled(12, late=14, amount="3900.00")
    document = scene.owed(29, "4480.00")
    log_id = scene.said(
        4, "14:05", Outcome.DISPUTES, "Cannot be paid without the order number.", about=[document],
        channel=Channel.EMAIL, direction=Direction.IN, step=NextStep.REVIEW,
    )  # fmt: skip
    scene.contested(
        log_id, 4, document, "4480.00", "PO", "The order number is missing on the invoice.",
        wait=Wait(scene.worked(3), "the order number and the name of who ordered"),
    )  # fmt: skip
    scene.owed(15, "1960.00", reference="PO 30021987")


def dunholt(scene: Scene) -> None:
    scene.settled(6, late=10, amount="96.40")
    scene.owed(48, "84.60")


def zelford(scene: Scene) -> None:
    scene.owed(4, "1380.00", terms=14)
    scene.owed(-10, "920.00", terms=14)


def corridge(scene: Scene) -> None:
    scene.settled(13, late=16, amount="2700.00", until=80)
    overdue = [scene.owed(52, "6240.00"), scene.owed(38, "5110.00"), scene.owed(24, "5480.00")]
    scene.said(12, "10:30", Outcome.NO_ANSWER, "", about=overdue)
    scene.said(7, "15:20", Outcome.NO_ANSWER, "The number rings; nobody answers.", about=overdue)
    scene.said(
        3,
        "09:15",
        Outcome.LEFT_MESSAGE,
        "Wrote to the director as well.",
        about=overdue,
        channel=Channel.EMAIL,
    )


def almaha(scene: Scene) -> None:
    scene.settled(9, late=8, amount="412.375")
    scene.owed(27, "530.125")
    scene.owed(-4, "498.750")


def osei(scene: Scene) -> None:
    scene.settled(11, late=5, amount="1850.00")
    document = scene.owed(8, "4200.00", reference="PO 77120")
    scene.said(
        1, "12:10", Outcome.WANTS_COPY,
        "Could not find it. Sent a copy with the order number while we spoke.",
        about=[document], step=NextStep.CALL, in_days=3,
    )  # fmt: skip


def marwick(scene: Scene) -> None:
    scene.settled(14, late=-1, amount="640.00", until=10)


def lorcote(scene: Scene) -> None:
    scene.settled(8, late=3, amount="1150.00")
    scene.owed(21, "1290.00")


def caldby(scene: Scene) -> None:
    scene.settled(10, late=2, amount="560.00")
    document = scene.owed(17, "610.00")
    scene.owed(
        -20,
        "900.00",
        kind=InvoiceKind.CREDIT_NOTE,
        number=f"CN-{document.number}",
        reference="returned paper",
    )


def halworth(scene: Scene) -> None:
    scene.settled(66, late=5, amount="900.00", worsens=35, until=12)
    overdue = [scene.owed(days, "940.00") for days in (44, 34, 23, 12, 2, -9, -19)][:5]
    scene.said(
        9, "10:30", Outcome.CALL_BACK, "Asked us to ring when their director is back.", about=overdue,
        step=NextStep.CALL_BACK, in_days=-6,
    )  # fmt: skip
    scene.said(7, "10:35", Outcome.INFORMED, "Their payment run was moved by a week.", about=overdue)


def brinmere(scene: Scene) -> None:
    number = scene.numbers.on(scene.worked(70), scene.slot + 1)
    issued = 100
    parts = [
        scene.owed(70 - 30 * n, "5000.00", number=number, line=str(n + 1), terms=issued - 70 + 30 * n)
        for n in range(3)
    ]
    scene.paid([parts[0]], scene.worked(46))
    scene.paid([parts[1]], scene.worked(20))
    scene.owed(9, "45.00", kind=InvoiceKind.DEBIT_NOTE, reference="second delivery")
    scene.owed(2, "62.50", kind=InvoiceKind.FINANCE_CHARGE, reference="interest as agreed")
    note = scene.owed(60, "300.00", kind=InvoiceKind.CREDIT_NOTE, number=f"CN-{number}", terms=0)
    refund = scene.received(30, "300.00", reference="credit returned", kind=PaymentKind.REFUND)
    scene.books.settle(note, refund, on=refund.on)


def ashmoor(scene: Scene) -> None:
    scene.settled(9, late=7, amount="1640.00", until=280)
    lost = [scene.owed(198, "1840.00"), scene.owed(171, "2260.00")]
    scene.owed(150, "3120.00")
    scene.said(24, "10:20", Outcome.NO_ANSWER, "The number is no longer in use.", about=lost)
    scene.said(
        14, "11:05", Outcome.INFORMED,
        "The liquidator wrote: our proof of debt is noted, and no dividend is expected.", about=lost,
        channel=Channel.EMAIL, direction=Direction.IN,
    )  # fmt: skip


STORIES: dict[Member, Story] = {
    cast.BRANDT: brandt,
    cast.HARROW_TOOLS: harrow_tools,
    cast.HARROW_HOLDINGS: harrow_holdings,
    cast.TARNSTEAD: tarnstead,
    cast.KESTERBY: kesterby,
    cast.VENBURN: venburn,
    cast.YARCOMBE: yarcombe,
    cast.ROSHOLT: rosholt,
    cast.WEXDALE: wexdale,
    cast.INGMERE: ingmere,
    cast.FENNMERE: fennmere,
    cast.DUNHOLT: dunholt,
    cast.ZELFORD: zelford,
    cast.CORRIDGE: corridge,
    cast.ALMAHA: almaha,
    cast.OSEI: osei,
    cast.MARWICK: marwick,
    cast.LORCOTE: lorcote,
    cast.CALDBY: caldby,
    cast.HALWORTH: halworth,
    cast.BRINMERE: brinmere,
    cast.ASHMOOR: ashmoor,
}

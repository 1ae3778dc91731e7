"""Promises to pay in plain Python, in whole pounds and days as numbers: what the tables must say.

Written from the definitions, not from the code: it keeps every deed in order and works out each promise anew
from them, one pound after the other.
"""

from copy import deepcopy
from dataclasses import dataclass, field

# Days count from Monday 30 March 2026: the weekends, Good Friday and Easter Monday are not worked in England.
REST = {4, 5, 6, 7, 12, 13, 19, 20, 26, 27, 33, 34, 40, 41}
GRACE = 2
OPEN_END = 10_000
HELD = ("kept", "kept_late", "partly_kept", "broken")


def working(day: int) -> int:
    """The day itself or the next that is worked."""
    while day in REST:
        day += 1
    return day


def grace_end(due: int) -> int:
    """The last day of the grace."""
    for _ in range(GRACE):
        due = working(due + 1)
    return due


@dataclass
class Money:
    """Money, or a credit, set against an invoice."""

    order: int
    invoice: int
    amount: int
    posted: int
    known: int
    is_credit: bool
    returned: int = OPEN_END  # the day it went back
    returned_order: int = OPEN_END

    def stands(self, day: int) -> bool:
        return self.posted <= day < self.returned


@dataclass
class Dispute:
    """A contested part of an invoice."""

    invoice: int
    amount: int
    lodged: int
    closed: int = OPEN_END


@dataclass
class Promise:
    """What was promised, and how it stands."""

    order: int
    day: int
    lines: dict[int, int]
    plan: list[tuple[int, int]]  # day, amount
    level: int
    broken_before: int
    state: str = "running"
    settled: int | None = None
    by_somebody: bool = False
    successor: int | None = None
    parts: list[str] = field(default_factory=list)
    paid: int = 0
    needed: int | None = None
    stands_at: int = 0
    waits: bool = False

    @property
    def runs(self) -> bool:
        """Whether it is still awaited."""
        return self.state == "running"

    @property
    def was_taken_back(self) -> bool:
        """By a person, as if it had not been said."""
        return self.state == "withdrawn" and self.by_somebody


@dataclass
class Customer:
    """A customer with two invoices, and all that was done."""

    owed: tuple[int, ...]
    order: int = 0
    money: list[Money] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)

    def open(self, invoice: int, *, before: int = OPEN_END) -> int:
        """What is open, or was before a deed."""
        mine = [m for m in self.money if m.invoice == invoice]
        settled = sum(m.amount for m in mine if m.order < before)
        return self.owed[invoice] - settled + sum(m.amount for m in mine if m.returned_order < before)

    def disputed(self, invoice: int, day: int) -> int:
        """What is contested when that day ends."""
        mine = [d for d in self.disputes if d.invoice == invoice]
        return sum(d.amount for d in mine if d.lodged <= day < d.closed)

    def runs(self, invoice: int) -> bool:
        """Whether an invoice is in a promise that runs."""
        return any(p.state == "running" and invoice in p.lines for p in self.promises)

    def next(self) -> int:
        self.order += 1
        return self.order

    def pay(self, invoice: int, amount: int, *, posted: int, day: int, is_credit: bool = False) -> Money:
        self.money.append(Money(self.next(), invoice, amount, posted, day, is_credit))
        return self.money[-1]

    def give_back(self, money: Money, *, day: int) -> None:
        money.returned, money.returned_order = day, self.next()

    def promise(
        self, lines: dict[int, int], plan: list[tuple[int, int]], *, day: int, replaces: bool
    ) -> Promise | None:
        """None when it is refused; then nothing at all has happened."""
        before = deepcopy(self.promises)
        self.settle(day)
        beyond = [i for i, amount in lines.items() if amount > self.open(i) - self.disputed(i, day)]
        taken = [i for i in lines if self.runs(i)]
        if beyond or (taken and not replaces):
            for was, now in zip(before, self.promises, strict=True):
                now.__dict__.update(was.__dict__)
            return None
        replaced = [p for p in self.promises if p.state == "running" and set(p.lines) & set(lines)]
        for each in replaced:
            self._end(each, "replaced", day)
        levels = [1]
        for invoice in lines:
            earlier = [p for p in self.promises if invoice in p.lines]
            if earlier:
                last = earlier[-1]
                let_down = last.state in ("broken", "partly_kept", "replaced") or last.by_somebody
                levels.append(last.level + let_down)
        broken = sum(p.state == "broken" for p in self.promises)
        made = Promise(self.next(), day, lines, plan, max(levels), broken, stands_at=plan[0][0])
        made.parts = ["running"] * len(plan)
        self.promises.append(made)
        for each in replaced:
            each.successor = made.order
        return made

    def _end(self, promise: Promise, state: str, day: int) -> None:
        promise.state, promise.settled, promise.by_somebody = state, day, True
        promise.parts = [state if part == "running" else part for part in promise.parts]

    def withdraw(self, promise: Promise, *, day: int) -> None:
        if promise.state != "running":
            return
        self._end(promise, "withdrawn", day)
        for each in self.promises:
            if each.successor == promise.order and not any(self.runs(i) for i in each.lines):
                each.state, each.settled, each.by_somebody, each.successor = "running", None, False, None
                each.parts = ["running" if part == "replaced" else part for part in each.parts]

    def owner(self, money: Money) -> Promise | None:
        """The last promise of the invoice when we learned of the money, made by the day of the money."""
        fitting = [
            p
            for p in self.promises
            if money.invoice in p.lines and p.order < money.order and p.day <= money.posted
            and not p.was_taken_back
        ]  # fmt: skip
        return fitting[-1] if fitting else None

    def settle(self, day: int) -> None:
        """Judge what runs, and what ended but of whose invoices we learned something since."""
        for promise in self.promises:
            news = [
                m
                for m in self.money
                if m.invoice in promise.lines and promise.settled is not None
                and (m.known >= promise.settled or promise.settled <= m.returned <= day)
            ]  # fmt: skip
            if promise.state == "running" or (promise.state in HELD and news):
                self._judge(promise, day)

    def _judge(self, promise: Promise, day: int) -> None:
        verdicts: list[tuple[str, int, int]] = []
        taken = {True: 0, False: 0}
        given = {True: 0, False: 0}
        for place, (promised_on, amount) in enumerate(promise.plan):
            due = working(promised_on)
            last = grace_end(due)
            looked_at = min(day, last, OPEN_END if promise.settled is None else promise.settled)
            shares = {}
            for with_disputed in (True, False):
                need, by_due, by_last = self._counted(promise, due, last, day, looked_at, with_disputed)
                mine = max(0, min(amount, need - given[with_disputed]))
                early = max(0, min(mine, by_due - taken[with_disputed]))
                in_time = max(0, min(mine, by_last - taken[with_disputed]))
                shares[with_disputed] = (mine, early, in_time)
                taken[with_disputed] += in_time
                given[with_disputed] += mine
            verdicts.append(self._verdict(verdicts, place, shares, due, last, day))
        states = [state for state, _, _ in verdicts]
        state = next((s for s in ("partly_kept", "broken", "running") if s in states), "")
        if not state:
            met = set(states) - {"withdrawn"}
            state = "withdrawn" if not met else "kept_late" if "kept_late" in met else "kept"
        later = [p for p in self.promises if p.order > promise.order and set(p.lines) & set(promise.lines)]
        is_promised_anew = any(not p.was_taken_back for p in later)
        # Its money went back early, but its invoices are promised anew: it is judged when its days are over.
        promise.waits = state == "running" != promise.state and is_promised_anew
        if promise.waits:
            return
        if state != promise.state:
            promise.settled = None if state == "running" else day
        promise.state, promise.parts = state, states
        promise.needed = sum(needed for _, needed, _ in verdicts)
        promise.paid = sum(paid for _, _, paid in verdicts)
        unmet = [n for n, s in enumerate(states) if s in ("running", "broken", "partly_kept")]
        promise.stands_at = promise.plan[unmet[0] if unmet else -1][0]

    def _counted(
        self, promise: Promise, due: int, last: int, day: int, looked_at: int, with_disputed: bool
    ) -> tuple[int, int, int]:
        need = by_due = by_last = 0
        for invoice, amount in promise.lines.items():
            later = [
                m for m in self.money if m.invoice == invoice and m.order > promise.order and m.stands(day)
            ]
            gone = sum(m.amount for m in later if m.posted < promise.day and not m.is_credit)
            gone += sum(
                m.amount for m in later if m.is_credit and (m.posted <= last or m.posted < promise.day)
            )
            left = self.open(invoice, before=promise.order) - gone
            left -= 0 if with_disputed else self.disputed(invoice, looked_at)
            mine = max(0, min(amount, left))
            paid = [m for m in later if not m.is_credit and self.owner(m) is promise]
            need += mine
            by_due += min(mine, sum(m.amount for m in paid if m.posted <= due))
            by_last += min(mine, sum(m.amount for m in paid if m.posted <= last))
        return need, by_due, by_last

    def _verdict(
        self,
        before: list[tuple[str, int, int]],
        place: int,
        shares: dict[bool, tuple[int, int, int]],
        due: int,
        last: int,
        day: int,
    ) -> tuple[str, int, int]:
        (whole, whole_early, whole_in_time), (need, early, in_time) = shares[True], shares[False]
        if any(state in ("broken", "partly_kept") for state, _, _ in before):
            return ("withdrawn", need, 0)
        if before and before[-1][0] == "running":
            return ("running", need, in_time)
        if whole == 0:
            return ("withdrawn", 0, 0)
        if whole_early == whole:
            return ("kept", whole, whole)
        if need and day > due and early * 100 >= need * 98:
            return ("kept", need, in_time)
        if whole_in_time == whole:
            return ("kept_late", whole, whole)
        if day <= last:
            return ("running", need, in_time)
        if need == 0:
            return ("withdrawn", 0, 0)
        if in_time * 100 >= need * 98:
            return ("kept_late", need, in_time)
        return ("partly_kept" if in_time else "broken", need, in_time)

    def fallen(self, day: int) -> tuple[int, int, int, int]:
        """Fallen due, kept, promised and received when that day has begun."""
        count = kept = promised = received = 0
        for promise in self.promises:
            due = working(promise.stands_at)
            is_over = grace_end(due) < day
            was_put_off = promise.state == "replaced" and (promise.settled or 0) > due
            if is_over and (promise.state in HELD or was_put_off):
                whole = sum(promise.lines.values()) if promise.needed is None else promise.needed
                count, kept = count + 1, kept + (promise.state in ("kept", "kept_late"))
                promised, received = promised + whole, received + min(promise.paid, whole)
        return count, kept, promised, received

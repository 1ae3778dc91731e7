"""The stories of the cast in the other companies: second currencies, yen, a limit that is reached."""

from collections_app.contact.rules import Channel, Direction, NextStep, Outcome
from collections_app.management.demo import cast
from collections_app.management.demo.cast import Member
from collections_app.management.demo.scenes import Scene
from collections_app.management.demo.stories import Story


def kuehnbrueck(scene: Scene) -> None:
    scene.settled(24, late=9, amount="11850.00")
    scene.settled(8, late=11, amount="4400.00", currency="CHF")
    overdue = [
        scene.owed(31, "18240.00"),
        scene.owed(12, "9960.00"),
        scene.owed(25, "6150.00", currency="CHF"),
    ]
    scene.owed(-11, "14320.00")
    scene.said(
        2, "09:30", Outcome.INFORMED, "Beide Währungen besprochen; die Freigabe liegt beim Vorstand.",
        about=overdue, step=NextStep.CALL,
    )  # fmt: skip


def feldmoor(scene: Scene) -> None:
    scene.settled(17, late=7, amount="3720.00")
    document = scene.owed(19, "5960.00")
    text = "Zwei Kartons fehlen laut Lieferschein; der Rest ist in Ordnung."
    log_id = scene.said(
        5, "14:05", Outcome.DISPUTES, text, about=[document], channel=Channel.EMAIL, direction=Direction.IN
    )
    scene.contested(log_id, 5, document, "420.00", "QTY", text)


def hoshikawa(scene: Scene) -> None:
    scene.settled(12, late=1, amount="1840000")
    scene.owed(10, "2115000")
    scene.owed(-20, "1960000")


def marrowstone(scene: Scene) -> None:
    scene.settled(15, late=3, amount="12600.00")
    scene.owed(3, "14900.00")
    for days in (8, 15, 22):
        scene.owed(-days, "12400.00")


STORIES_ABROAD: dict[Member, Story] = {
    cast.KUEHNBRUECK: kuehnbrueck,
    cast.FELDMOOR: feldmoor,
    cast.HOSHIKAWA: hoshikawa,
    cast.MARROWSTONE: marrowstone,
}

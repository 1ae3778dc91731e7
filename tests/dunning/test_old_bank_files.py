"""Files of payments that stay away: when nobody said after how long, a habit that breaks says it."""

import datetime as dt

from collections_app.intake.received import Batch
from collections_app.ledger.companies import Company
from collections_app.ledger.postings import Posting
from tests.dunning.office import AT, DAY, Office


def test_files_of_payments_that_came_regularly_and_stay_away_make_it_wait(db: None) -> None:
    office = Office()
    Company.objects.update(stale_after_hours=200)
    office.company.refresh_from_db()
    facts = {"company": office.company, "file_name": "bank.csv", "file_bytes": 1, "mapping": {}}
    facts |= {"received_at": AT, "kind": "transactions", "state": "applied"}

    def applied(at: dt.datetime) -> None:
        posting = Posting.objects.create(company=office.company, recorded_at=at, source="bank")
        Batch.objects.create(**facts, posting=posting, ended_at=at)

    applied(AT - 4 * DAY)
    applied(AT - 3 * DAY)
    assert office.codes(at=AT + 2 * DAY) == []  # twice is no habit
    applied(AT - DAY)
    assert office.codes(at=AT + 2 * DAY) == []  # three days without one, as over a weekend
    assert office.codes(at=AT + 5 * DAY) == ["old_bank"]
    office.company.bank_stale_after_hours = 0
    assert office.codes(at=AT + 5 * DAY) == []

"""A rehearsal: the forecast of a day, made as the night would and then forgotten."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from collections_app.behaviour import habits
from collections_app.forecasting import forecasts
from collections_app.forecasting.forecasts import Forecast
from collections_app.ledger.companies import Company
from collections_app.segmentation import assignments, versions


@contextmanager
def forecast_of(*, company: Company, day: dt.date, at: dt.datetime) -> Iterator[Forecast]:
    """Inside the block the standing forecast of ``company`` is that of ``day``, from what is known now."""
    with transaction.atomic():
        habits.measure(company=company, today=day)
        versions.ensure_default(company=company, by=None, at=at)
        assignments.assign(company=company, today=day)
        forecasts.make(company=company, today=day, at=at)
        try:
            yield Forecast.objects.standing().get(company=company)
        finally:
            transaction.set_rollback(True)

"""A manager's browser, and what workers are told."""

import pytest
from django.test import Client

from collections_app.jobs import tasks
from collections_app.people.users import User
from tests.screens.importing.door import Sent


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What workers were told, instead of a broker; ``work`` does it."""
    told: Sent = []
    for task in (tasks.check_import, tasks.apply_import):
        monkeypatch.setattr(task, "delay", lambda *args, task=task: told.append((task, args)))
    return told


@pytest.fixture
def tab(manager: User, sent: Sent) -> Client:
    """The manager's browser, on the real product."""
    client = Client()
    client.force_login(manager)
    return client

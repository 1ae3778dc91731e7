"""The house whose messages leave."""

import pytest

from tests.correspondence.mailing import House


@pytest.fixture
def house(db: None) -> House:
    return House()

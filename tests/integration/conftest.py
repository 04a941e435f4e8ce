"""The services of a test: in savepoints, or on a database of their own where several connections matter."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.uow import UnitOfWorkFactory
from tests.support.clock import StandingClock
from tests.support.office import Office, office_on


@pytest.fixture
def office(unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock) -> Office:
    """All services on one connection that is rolled back."""
    return Office(unit_of_work, reading, clock)


@pytest.fixture
def busy_office(engine: AsyncEngine, clock: StandingClock) -> Office:
    """All services on a database of their own, with as many connections as they want."""
    return office_on(engine, clock)

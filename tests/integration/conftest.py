"""The services of a test: in savepoints, or on a database of their own where several connections matter."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.uow import UnitOfWorkFactory
from tests.support.clock import StandingClock
from tests.support.desks import Desks, desks_on
from tests.support.office import Office, office_on


@pytest.fixture
def office(unit_of_work: UnitOfWorkFactory, reading: UnitOfWorkFactory, clock: StandingClock) -> Office:
    """All services on one connection that is rolled back."""
    return Office(unit_of_work, reading, clock)


@pytest.fixture
def busy_office(engine: AsyncEngine, clock: StandingClock) -> Office:
    """All services on a database of their own, with as many connections as they want."""
    return office_on(engine, clock)


@pytest.fixture
def desks(office: Office) -> Desks:
    """The services of requests on the connection of `office`."""
    return desks_on(office)


@pytest.fixture
def busy_desks(busy_office: Office) -> Desks:
    """The services of requests on a database of their own."""
    return desks_on(busy_office)

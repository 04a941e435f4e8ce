"""The calendar of a unit, as calendar programs fetch it."""

import logging
from collections.abc import AsyncIterator
from datetime import date

import pytest
from icalendar import Calendar
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.press import Press
from bot.web.limits import TokenBuckets, UploadDesk
from bot.web.verification import Limits
from services.access import OPERATOR
from tests.support.clock import StandingClock
from tests.support.planned import Wanted, put_plan, put_units
from tests.support.website import PUBLIC_URL, Website, website

LONG = "Кыргыз тили күнүнө карата иш-чара; «сынак», тегерек стол\\жыйын " * 4


@pytest.fixture
async def few(engine: AsyncEngine, clock: StandingClock, press: Press) -> AsyncIterator[Website]:
    """The pages, for four requests."""
    limits = Limits(
        codes=TokenBuckets(4, 3600),
        files=TokenBuckets(1, 3600),
        desk=UploadDesk(most_bytes=1, most_per_client=1, inspected_at_once=1),
    )
    async with website(engine, clock, press, limits=limits) as running:
        yield running


async def address_of(site: Website) -> tuple[str, int]:
    """A unit's new calendar address, without the host, and the unit."""
    async with site.engine.begin() as connection:
        await put_units(connection, {"iit": "МТИ"})
        await put_plan(
            connection,
            [
                Wanted(title=LONG, responsible=["iit"], dues=[date(2026, 11, 25)]),
                Wanted(title="Жыл ичинде", responsible=["iit"], dues=[date(2027, 6, 30)], soft=True),
                Wanted(title="Тайпа", responsible=["iit"], dues=[date(2027, 1, 30)], confirmed=False),
                Wanted(title="Катышуу", responsible=[], participants=["iit"], dues=[date(2027, 1, 31)]),
            ],
            year=2026,
        )
        unit_id = (await connection.execute(text("select id from units where code = 'iit'"))).scalar_one()
    made = await site.container.given.plan_calendars.make(OPERATOR, unit_id)
    assert made.address.startswith(f"{PUBLIC_URL}/calendar/")
    return made.address.removeprefix(PUBLIC_URL), unit_id


async def test_calendar_program_gets_whole_days_with_stable_names_and_nobody_else_anything(
    few: Website, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    address, unit_id = await address_of(few)
    answer = await few.get(address)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("private")
    content = await answer.read()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    first, second = sorted(Calendar.from_ical(content).walk("VEVENT"), key=lambda event: event.decoded("dtstart"))
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2026, 11, 25), date(2026, 11, 26))
    assert str(first["summary"]) == f"1 {LONG}".strip()
    assert str(first["uid"]).endswith("@papers.university.example")
    assert (first["sequence"], str(first["status"]), str(second["status"])) == (2, "CONFIRMED", "TENTATIVE")
    assert str(second["summary"]) != "2 Жыл ичинде"
    again = await few.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status, await again.read()) == (304, b"")
    calendars = few.container.given.plan_calendars
    await calendars.revoke(OPERATOR, unit_id, (await calendars.look(OPERATOR, unit_id)).mark)
    assert [(await few.get(path)).status for path in (address, f"/calendar/{'x' * 32}.ics")] == [404, 404]
    assert (await few.get(address)).status == 429
    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in caplog.text


async def test_cancelled_item_goes_out_as_cancelled(few: Website) -> None:
    address, _unit = await address_of(few)
    await few.execute(
        "update plan_items set state = 'cancelled', version = version + 1, changed_at = now() where title = :title",
        title=LONG,
    )
    events = Calendar.from_ical(await (await few.get(address)).read()).walk("VEVENT")
    assert sorted((event["sequence"], str(event["status"])) for event in events) == [(2, "TENTATIVE"), (3, "CANCELLED")]

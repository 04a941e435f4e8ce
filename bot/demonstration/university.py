"""Putting the invented university into a database, once, and giving its people what they need to be tried."""

import json
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.demonstration.leaders import LEADERS, WARDEN
from bot.demonstration.persona import Persona
from bot.demonstration.personas import DEPUTY, PERSONAS
from bot.demonstration.plan_work import SPOKE, PlanWork
from bot.demonstration.roster import write_roster
from bot.demonstration.survey_work import SurveyWork
from bot.localtime import LocalTime
from bot.settings import Settings
from services.access import OPERATOR, Actor, Role, RoleGrant
from services.accounts.dto import Account
from services.accounts.service import AccountService
from services.db.uow import reading_factory, unit_of_work_factory
from services.languages import Language
from services.link_requests.dto import TypedFacts
from services.link_requests.service import LinkRequestService
from services.linking.dto import IssuedLinkCode
from services.linking.rules import CONSENT_VERSION
from services.linking.service import LinkingService
from services.people.errors import UnknownPerson
from services.people.roster_file import read_roster
from services.people.service import RosterService
from services.ports import NoBell, SystemClock
from services.roles.service import RoleService
from services.trust.desk import TrustDeskService
from services.units.service import UnitService
from services.units.units_file import read_units

_DATA = Path(__file__).with_name("data")
_MARK = "demonstration.json"
ROSTER = "demonstration-roster.csv"


class OthersRoster(Exception):  # noqa: N818 -- states a fact
    """The database holds a roster that is not that of the demonstration."""


class DemonstrationUniversity:
    """The invented university in one database; the data folder of the settings carries the mark that it is ours."""

    def __init__(self, engine: AsyncEngine, settings: Settings) -> None:
        clock, calendar = SystemClock(), LocalTime(ZoneInfo("Asia/Bishkek"))
        self._calendar = calendar
        self._data_dir = settings.data_dir
        self._clock = clock
        self._reading = reading_factory(engine)
        unit_of_work = self._unit_of_work = unit_of_work_factory(engine)
        self._plans = PlanWork(unit_of_work, self._reading, clock, calendar)
        self._surveys = SurveyWork(unit_of_work, clock, calendar, settings)
        self._talks = TrustDeskService(unit_of_work, clock, calendar, NoBell())
        self._units = UnitService(unit_of_work)
        self._roster = RosterService(unit_of_work, clock)
        self._roles = RoleService(unit_of_work, clock, calendar, NoBell(), NoBell())
        self._linking = LinkingService(unit_of_work, clock, calendar, NoBell(), NoBell())
        self._requests = LinkRequestService(unit_of_work, clock, calendar, NoBell(), NoBell())
        self._accounts = AccountService(unit_of_work, self._reading, clock, calendar, default_language=Language.KY)

    async def prepare(self, today: date) -> None:
        """Take over units, roster, roles, links, plan, surveys at the first start; later leave all as people made it.

        Raises:
            OthersRoster: somebody else's people are in the database.
        """
        mark = self._data_dir / _MARK
        progress = json.loads(mark.read_text()) if mark.exists() else None
        if progress == {"prepared": True}:
            return
        content = write_roster(today)
        roster = read_roster(content)
        seen = await self._roster.import_roster(OPERATOR, roster, dry_run=True, allow_removals=True)
        if progress is None and seen.removed + seen.changed + seen.unchanged:
            raise OthersRoster
        mark.write_text(json.dumps({"prepared": False}))  # so that a start cut short can be finished
        (self._data_dir / ROSTER).write_bytes(content)
        units = read_units(list_units())
        await self._units.import_units(OPERATOR, units)
        await self._roster.import_roster(OPERATOR, roster, allow_removals=True)
        for persona in PERSONAS:
            await self._introduce(persona)
        await self._plans.prepare(
            {one.telegram_id: await self._actor(one) for one in LEADERS if one.telegram_id in SPOKE}, today
        )
        await self._offer_talks(today)
        await self._surveys.prepare({unit.code: unit.name for unit in units}, today)
        mark.write_text(json.dumps({"prepared": True}))

    async def list_channels(self) -> set[int]:
        """Return Telegram's numbers of the channels and groups in which the bot may write."""
        async with self._unit_of_work() as uow:
            return {channel.chat_id for channel in await uow.channels.list_all() if channel.lost_at is None}

    async def list_known(self) -> set[int]:
        """Return the personas who have talked to the bot."""
        found = [await self._find(persona) for persona in PERSONAS]
        return {account.telegram_id for account in found if account is not None}

    async def issue_codes(self) -> dict[int, IssuedLinkCode]:
        """Give a fresh one-time code to every persona whose account is not linked."""
        codes = {}
        for persona in PERSONAS:
            if persona.person_no and not await self._is_linked(persona):
                try:
                    codes[persona.telegram_id] = await self._linking.issue_code(OPERATOR, persona.person_no)
                except UnknownPerson:  # somebody imported another roster meanwhile
                    continue
        return codes

    async def print_tickets(self) -> tuple[str, ...]:
        """Return the addresses of new tickets of the open survey on paper; none if it is over."""
        return await self._surveys.print_tickets()

    async def _introduce(self, persona: Persona) -> None:
        if persona.linked and not await self._is_linked(persona):
            actor = await self._actor(persona)
            code = await self._linking.issue_code(OPERATOR, persona.person_no)
            await self._linking.agree(actor, CONSENT_VERSION, persona.language)
            await self._linking.link(actor, code.payload)
            await self._accounts.choose_language(actor, persona.language)
        for role in persona.roles:
            actor = await self._actor(persona)
            if not actor.has(role):
                grant = await self._roles.grant(OPERATOR, persona.person_no, role)
                if role is Role.REGISTRAR:  # a colleague stands in for two weeks
                    today = self._calendar.today(self._clock.now())
                    await self._roles.appoint_deputy(OPERATOR, grant.id, DEPUTY, today, today + timedelta(days=14))
        held = (await self._actor(persona)).grants if persona.posts else frozenset()
        for role, unit_code in persona.posts:
            if RoleGrant(role=role, unit_code=unit_code) not in held:
                await self._roles.grant(OPERATOR, persona.person_no, role, unit_code)
        if persona.asks is not None:
            await self._ask(persona, persona.asks)

    async def _offer_talks(self, today: date) -> None:
        """Let the trust officer have time on two of the next days, unless she offered some before."""
        officer = await self._actor(next(one for one in LEADERS if one.telegram_id == WARDEN))
        if not await self._talks.list_slots(officer):
            for days in (1, 3):
                typed = f"{today + timedelta(days=days):%d.%m.%Y} 14:00-16:00 Башкы корпус, 109-бөлмө"
                await self._talks.offer(officer, typed, 30)

    async def _actor(self, persona: Persona) -> Actor:
        return await self._accounts.recognise(persona.telegram_id, persona.language.value)

    async def _ask(self, persona: Persona, facts: TypedFacts) -> None:
        actor = await self._actor(persona)
        if (await self._requests.get_standing(actor)).waiting is not None:  # a start that was cut short had asked
            return
        await self._linking.agree(actor, CONSENT_VERSION, persona.language)
        await self._accounts.choose_language(actor, persona.language)
        await self._requests.ask(actor, facts)

    async def _is_linked(self, persona: Persona) -> bool:
        account = await self._find(persona)
        return account is not None and account.actor.person is not None

    async def _find(self, persona: Persona) -> Account | None:
        today = self._calendar.today(self._clock.now())
        async with self._reading() as uow:
            return await uow.accounts.find(persona.telegram_id, persona.language, today)


def list_units() -> bytes:
    """Return a file of the university's own units, and teaching units that it does not name, invented."""
    own, invented = (_DATA / name for name in ("units.csv", "teaching_units.csv"))
    return own.read_bytes() + invented.read_bytes().partition(b"\n")[2]

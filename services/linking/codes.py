"""Giving one-time codes: to one person, or to a whole group."""

from datetime import datetime, timedelta

from services.access import Actor, LinkedPerson
from services.audit.dto import Act
from services.linking.dto import GroupCodes, GroupMember, GroupPreview, IssuedLinkCode, PrintedCodes
from services.linking.errors import GroupLinked, PersonAbsent, UnknownGroup
from services.linking.ports import CodeSheetPrinter, LinkingUnitOfWork
from services.linking.rules import new_payload, new_typed_code, similar_groups, stored
from services.people.errors import UnknownPerson
from services.people.rules import group_key
from services.ports import Calendar, Clock, Factory

#: How long after its last day an unused code is kept, so that whoever types it is told that it is too old.
EXPIRED_CODE_PERIOD = timedelta(days=30)


class LinkCodes:
    """One-time codes; the part of `LinkingService` that gives them."""

    def __init__(
        self,
        unit_of_work: Factory[LinkingUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        sheets: CodeSheetPrinter | None,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._sheets = sheets

    async def issue(self, actor: Actor, person_no: str, valid_for: timedelta) -> IssuedLinkCode:
        """Give a person a fresh code."""
        actor.require_official()
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            standing = await uow.link_codes.find_person(person_no, self._calendar.today(now))
            if standing is None:
                raise UnknownPerson(person_no)
            if standing.absent:
                raise PersonAbsent(person_no)
            code = _fresh(standing.person, now + valid_for)
            await uow.link_codes.add([stored(code)], now, code.expires_at)
            await uow.audit.add(actor, Act.CODE_ISSUED, f"person:{standing.person.id}", now)
            await uow.commit()
        return code

    async def forget(self) -> int:
        """Forget unused codes that are too old for long; return how many."""
        async with self._unit_of_work() as uow:
            forgotten = await uow.link_codes.forget_expired(self._clock.now() - EXPIRED_CODE_PERIOD)
            await uow.commit()
        return forgotten

    async def get_group(self, actor: Actor, group_name: str) -> GroupPreview:
        """Return a group and how many of it need a code."""
        actor.require_official()
        async with self._unit_of_work() as uow:
            members = await _members(uow, group_name)
        return GroupPreview(
            group_name=members[0].group_name,
            people=len(members),
            unlinked=sum(not member.linked for member in members),
        )

    async def issue_for_group(self, actor: Actor, group_name: str, valid_for: timedelta) -> PrintedCodes:
        """Give everybody of a group who is not linked a fresh code; the sheet is drawn before the old ones are void."""
        actor.require_official()
        if self._sheets is None:
            raise RuntimeError("nobody was given who draws sheets of codes")
        now = self._clock.now()
        expires_at = now + valid_for
        async with self._unit_of_work() as uow:
            members = await _members(uow, group_name, lock=True)
            name = members[0].group_name
            codes = tuple(_fresh(member.person, expires_at) for member in members if not member.linked)
            if not codes:
                raise GroupLinked(name)
            await uow.link_codes.add([stored(code) for code in codes], now, expires_at)
            await uow.audit.add(actor, Act.GROUP_CODES_ISSUED, f"group:{name}", now, codes=len(codes))
            given = GroupCodes(group_name=name, codes=codes, expires_at=expires_at)
            sheet = await self._sheets.draw(given)
            await uow.commit()
        return PrintedCodes(codes=given, sheet=sheet)


async def _members(uow: LinkingUnitOfWork, group_name: str, *, lock: bool = False) -> list[GroupMember]:
    key = group_key(group_name)
    members = await uow.link_codes.list_group(key, lock=lock) if key else []
    if not members:
        raise UnknownGroup(group_name, similar_groups(group_name, await uow.link_codes.list_group_names()))
    return members


def _fresh(person: LinkedPerson, expires_at: datetime) -> IssuedLinkCode:
    return IssuedLinkCode(person=person, payload=new_payload(), code=new_typed_code(), expires_at=expires_at)

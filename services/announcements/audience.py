"""Choosing who gets a draft: whoever may write for its unit may; of a unit's draft only its own people are counted."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from services.access import Actor
from services.announcements.audience_dto import FEWEST_NAMED, AudienceOffer, DraftAudience, ListChosen
from services.announcements.drafts import DraftService, require_changeable
from services.announcements.dto import Announcement, DraftChange
from services.announcements.errors import DraftChanged
from services.announcements.ports import AnnouncementsUnitOfWork
from services.announcements.recipients import count_if_known, survey_people
from services.announcements.rules import require_choosable
from services.audience.building import holds_value, toggled, written
from services.audience.dto import Audience, Offered, TermFault, TermKey
from services.audience.errors import AudienceUnknown, AudienceUnreadable
from services.audience.list_file import read_numbers
from services.audience.rules import list_name, read_audience, sayable, unit_words
from services.audience.service import keep_list, require_known
from services.languages import Trilingual
from services.people.rules import group_key, typed_words
from services.ports import Calendar, Clock, Factory

_LONGEST_STEM = 60  # of a file's name, so that the list's name holds the draft's number, too


class DraftAudienceService:
    """Audiences of drafts. Whoever shows one shows the draft's version; a change of another version is refused."""

    def __init__(
        self, unit_of_work: Factory[AnnouncementsUnitOfWork], clock: Clock, calendar: Calendar, drafts: DraftService
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._drafts = drafts

    async def read(self, actor: Actor, draft_id: int) -> DraftAudience:
        """Return what is chosen by now, neither counted nor named."""
        return _chosen(await self._drafts.get(actor, draft_id))

    async def look(self, actor: Actor, draft_id: int) -> DraftAudience:
        """Return who is meant by now, counted."""
        chosen = _chosen(await self._drafts.get(actor, draft_id))
        async with self._unit_of_work() as uow:
            chosen = replace(chosen, channels=tuple(await uow.channels.list_named(chosen.draft.channels)))
            return await self._survey(uow, await _named(uow, chosen))

    async def offer(
        self, actor: Actor, draft_id: int, key: TermKey, typed: str = "", *, counted: bool = True
    ) -> AudienceOffer:
        """Return the values of a term that can be chosen; of a unit's draft those of its own people.

        `counted`: with how many are meant by now.
        """
        draft = await self._drafts.get(actor, draft_id)
        require_choosable(draft)
        audience = _chosen(draft).audience
        async with self._unit_of_work() as uow:
            offered = await uow.audience_offers.list_offered(key, draft.unit_code, actor.account_id)
            count = await count_if_known(uow, draft, self._today()) if audience and counted else None
        recipients = count.recipients if count is not None else None
        values = tuple(value for value in offered if not typed or _answers_to(key, value, typed))
        return AudienceOffer(draft=draft, audience=audience, key=key, values=values, recipients=recipients, typed=typed)

    async def alter(
        self, actor: Actor, draft_id: int, version: int, step: Callable[[Audience | None], Audience | None]
    ) -> None:
        """Change the audience by a step of `services.audience.building`.

        Raises:
            DraftChanged: somebody else has changed the draft since.
        """
        draft = await self._drafts.get(actor, draft_id)
        audience = written(step(_chosen(draft).audience))
        if audience != draft.audience:  # a change takes back an approval
            await self._drafts.change(actor, draft_id, version, DraftChange(audience=audience))

    async def write(self, actor: Actor, draft_id: int, version: int, expression: str) -> None:
        """Take an audience as somebody typed it.

        Raises:
            AudienceUnreadable: it is no audience, or names accounts where a unit announces.
            AudienceUnknown: it names what does not exist.
            DraftChanged: somebody else has changed the draft since.
        """
        draft = await self._drafts.get(actor, draft_id)
        audience = read_audience(expression)
        if draft.unit_code is not None:
            _refuse_accounts(audience)
        async with self._unit_of_work() as uow:
            await require_known(uow.audiences, audience)
        await self._drafts.change(actor, draft_id, version, DraftChange(audience=str(audience)))

    async def bring(self, actor: Actor, draft_id: int, version: int, file_name: str, content: bytes) -> ListChosen:
        """Keep the people whose numbers stand in a file as a list, and mean them.

        The list has the draft's number in its name: nobody's list is replaced but one of the same draft. Whoever
        approved the draft approved other people: it is a draft again together with the change of the list.

        Raises:
            DraftChanged: somebody else has changed the draft since.
            ListEmpty: nobody in the roster has such a number.
            ListNameUnusable: no list can be called as the file is.
            ListUnreadable: the file is not a list of people.
        """
        await self._drafts.get(actor, draft_id)
        name = list_name(f"{sayable(PurePath(file_name).stem)[:_LONGEST_STEM]} #{draft_id}")
        numbers, now = await asyncio.to_thread(read_numbers, content), self._clock.now()
        async with self._unit_of_work() as uow:
            draft = require_changeable(actor, draft_id, await uow.announcements.lock(draft_id))
            if draft.version != version:
                raise DraftChanged(draft_id)
            require_choosable(draft)
            brought = await keep_list(uow, actor, name, numbers, now)
            audience = _chosen(draft).audience
            if not holds_value(audience, TermKey.LIST, name, excluded=False):
                audience = toggled(audience, TermKey.LIST, name, excluded=False)
            change = DraftChange(audience=written(audience))
            await uow.announcements.change(draft_id, change, actor.account_id, now)
            await uow.commit()
        return ListChosen(name=name, brought=brought)

    async def _survey(self, uow: AnnouncementsUnitOfWork, chosen: DraftAudience) -> DraftAudience:
        """Count it, unless it names what does not exist."""
        if chosen.audience is None:
            return chosen
        try:
            survey = await survey_people(uow, chosen.draft, self._today())
        except AudienceUnknown as gone:
            return replace(chosen, unknown=gone.terms)
        if survey is not None and survey.recipients < FEWEST_NAMED:
            survey = replace(survey, names=())
        return replace(chosen, survey=survey)

    def _today(self) -> date:
        return self._calendar.today(self._clock.now())


def _refuse_accounts(audience: Audience) -> None:
    """Nobody learns by counting whose Telegram account it is."""
    for term in audience.terms:
        if term.key is TermKey.ACCOUNT:
            raise AudienceUnreadable(str(term), TermFault.ACCOUNT)


def _chosen(draft: Announcement) -> DraftAudience:
    """Return the audience as it was chosen, not confined."""
    if not draft.audience:
        return DraftAudience(draft=draft, audience=None)
    try:
        return DraftAudience(draft=draft, audience=read_audience(draft.audience))
    except AudienceUnreadable:  # an earlier version knew the term
        return DraftAudience(draft=draft, audience=None, unreadable=True)


async def _named(uow: AnnouncementsUnitOfWork, chosen: DraftAudience) -> DraftAudience:
    """Say what the units are called."""
    own = chosen.draft.unit_code
    words = unit_words(chosen.audience) if chosen.audience else set()
    if own is None and not words:
        return chosen
    names = await uow.audience_offers.name_units(words if own is None else {*words, own})
    return replace(chosen, unit_names=names, unit=names.get(own, Trilingual(ky=own)) if own is not None else None)


def _answers_to(key: TermKey, offered: Offered, typed: str) -> bool:
    """Tell whether a part of a group's name was typed, or beginnings of the words of any other."""
    if key is TermKey.GROUP:
        return group_key(typed) in group_key(offered.value)
    names = (offered.value, offered.name.ky, offered.name.ru, offered.name.en, *offered.also)
    words = [word for name in names for word in typed_words(name)]
    return all(any(word.startswith(part) for word in words) for part in typed_words(typed))

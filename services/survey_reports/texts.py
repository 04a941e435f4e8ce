"""Free answers: a person of the bodies that read them looks at each first, and decides what of it is shown."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

from services.access import Actor
from services.audit.dto import Act
from services.ports import Clock, Factory
from services.survey_reports.disclosure import FEWEST
from services.survey_reports.errors import TextDecided, TextsOfOneUnit, TextsWithheld, TooFewTexts
from services.survey_reports.ports import SurveyReportsUnitOfWork
from services.survey_reports.readers import SurveyReader, is_about_own, is_of_one_unit, require_texts
from services.survey_reports.redaction import Kind, Redactor, Span, redacted
from services.survey_reports.report_dto import Round
from services.survey_reports.service import find_closed, look, round_of
from services.survey_reports.text_dto import Hidden, TextCount, TextGroup, TextPage, TextState, TextToRead
from services.surveys.dto import Survey
from services.surveys.errors import SurveyMissing

#: What stands in place of what was removed, until it is told in the reader's language.
MARKS: Final[Mapping[Kind, str]] = MappingProxyType({kind: f"⟦{kind.value}⟧" for kind in Kind})
#: Free answers on one screen.
PAGE: Final = 6
#: So long the names of the roster are taken as they were.
_NAMES_KEPT: Final = timedelta(hours=1)


class FreeTextService:
    """For whoever reads free answers; a right over surveys alone gives none of this."""

    def __init__(
        self,
        unit_of_work: Factory[SurveyReportsUnitOfWork],
        reading: Factory[SurveyReportsUnitOfWork],
        clock: Clock,
        readers: Sequence[SurveyReader],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._clock = clock
        self._readers = tuple(readers)
        self._redactor: tuple[datetime, Redactor] | None = None
        self._turn = asyncio.Lock()

    async def list_groups(self, actor: Actor, survey_id: int) -> tuple[Round, Sequence[TextGroup]]:
        """Return the questions and groups that have free answers, those that are hidden from the actor too."""
        async with self._reading() as uow:
            survey = await self._enter(uow, actor, survey_id)
            return round_of(survey), await self._groups(uow, actor, survey)

    async def find_waiting(self, actor: Actor, survey_id: int, place: int) -> tuple[TextGroup, TextToRead | None]:
        """Return a free answer of a group that nobody has looked at, with what should be removed from it; or None.

        Raises:
            TooFewTexts: the group has too few to show any.
            TextsWithheld: they speak of the reader's own unit.
            TextsOfOneUnit: only one unit was asked.
        """
        async with self._reading() as uow:
            survey = await self._enter(uow, actor, survey_id)
            group = await self._open_group(uow, actor, survey, place)
            text = await uow.survey_reports.find_waiting(survey_id, group.item.code, group.stratum.code)
            if text is None or group.count is None:
                return group, None
            redactor = await self._prepared(uow)
        spans = await asyncio.to_thread(redactor.suggest, text.words)
        left = group.count.waiting
        return group, TextToRead(text=text, item=group.item, stratum=group.stratum, spans=spans, left=left)

    async def decide(self, actor: Actor, text_id: UUID, spans: Iterable[Span] | None) -> tuple[int, int]:
        """Show a free answer without some parts of it, or (None) not at all; return its survey and group.

        Raises:
            TextDecided: somebody has decided about it meanwhile.
        """
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            sight = await look(uow, actor, self._readers)
            require_texts(actor, sight)
            text = await uow.survey_reports.find_text(text_id)
            if text is None:
                raise TextDecided
            survey = await find_closed(uow, text.survey_id)
            groups = await self._groups(uow, actor, survey)
            group = _of(groups, text.item, text.stratum)
            if spans is None:
                done = await uow.survey_reports.decide(text_id, TextState.WITHHELD.value, "")
            else:
                shown = redacted(text.words, _within(spans, len(text.words)), MARKS)
                done = await uow.survey_reports.decide(text_id, TextState.CONFIRMED.value, shown)
            if not done:
                raise TextDecided
            await uow.audit.add(actor, Act.SURVEY_TEXT_DECIDED, f"survey:{survey.id}", now)
            await uow.commit()
        return survey.id, group.place

    async def list_page(self, actor: Actor, survey_id: int, place: int, page: int) -> TextPage:
        """Return confirmed answers of a group; a page that is too far is the last one."""
        async with self._reading() as uow:
            survey = await self._enter(uow, actor, survey_id)
            group = await self._open_group(uow, actor, survey, place)
            confirmed = group.count.confirmed if group.count is not None else 0
            pages = max(1, -(-confirmed // PAGE))
            page = min(max(page, 0), pages - 1)
            texts = await uow.survey_reports.list_shown(
                survey_id, group.item.code, group.stratum.code, offset=page * PAGE, limit=PAGE
            )
        return TextPage(group=group, texts=tuple(texts), page=page, pages=pages)

    async def list_all(self, actor: Actor, survey_id: int) -> tuple[Round, Sequence[tuple[TextGroup, Sequence[str]]]]:
        """Return all confirmed answers that the actor may read, group by group, to be taken along."""
        async with self._reading() as uow:
            survey = await self._enter(uow, actor, survey_id)
            groups = await self._groups(uow, actor, survey)
            shown = [
                (group, await uow.survey_reports.list_shown(survey_id, group.item.code, group.stratum.code))
                for group in groups
                if group.hidden is None
            ]
        return round_of(survey), shown

    async def _enter(self, uow: SurveyReportsUnitOfWork, actor: Actor, survey_id: int) -> Survey:
        require_texts(actor, await look(uow, actor, self._readers))
        return await find_closed(uow, survey_id)

    async def _groups(self, uow: SurveyReportsUnitOfWork, actor: Actor, survey: Survey) -> Sequence[TextGroup]:
        sight, units = await look(uow, actor, self._readers), await uow.units.list_entries()
        counts = {(count.item, count.stratum): count for count in await uow.survey_reports.count_texts(survey.id)}
        strata = await uow.surveys.list_strata(survey.id)
        known = [(item, stratum) for item in survey.questionnaire.texts for stratum in strata
                 if (item.code, stratum.code) in counts]  # fmt: skip
        groups = []
        for place, (item, stratum) in enumerate(known):
            count = counts[item.code, stratum.code]
            own, alone = is_about_own(sight, stratum, units, strata), is_of_one_unit(stratum, strata)
            hidden = _hidden(count, own=own, alone=alone)
            groups.append(
                TextGroup(item=item, stratum=stratum, hidden=hidden, place=place, count=None if hidden else count)
            )
        return groups

    async def _open_group(self, uow: SurveyReportsUnitOfWork, actor: Actor, survey: Survey, place: int) -> TextGroup:
        groups = await self._groups(uow, actor, survey)
        group = next((one for one in groups if one.place == place), None)
        if group is None:
            raise SurveyMissing
        return _shown(group)

    async def _prepared(self, uow: SurveyReportsUnitOfWork) -> Redactor:
        """Return who suggests what to remove, with the names of the roster as they were lately."""
        now = self._clock.now()
        async with self._turn:
            if self._redactor is None or now - self._redactor[0] > _NAMES_KEPT:
                names = await uow.survey_reports.list_names()
                self._redactor = now, await asyncio.to_thread(Redactor, names)
            return self._redactor[1]


def _hidden(count: TextCount, *, own: bool, alone: bool) -> Hidden | None:
    if own or alone:
        return Hidden.OWN_UNIT if own else Hidden.ONE_UNIT
    return Hidden.TOO_FEW if count.written < FEWEST else None


def _of(groups: Collection[TextGroup], item: str, stratum: str) -> TextGroup:
    return _shown(next(one for one in groups if (one.item.code, one.stratum.code) == (item, stratum)))


def _shown(group: TextGroup) -> TextGroup:
    if group.hidden is Hidden.TOO_FEW:
        raise TooFewTexts
    if group.hidden is Hidden.OWN_UNIT:
        raise TextsWithheld
    if group.hidden is Hidden.ONE_UNIT:
        raise TextsOfOneUnit
    return group


def _within(spans: Iterable[Span], length: int) -> list[Span]:
    """Return the spans that lie in a text; of two that overlap the first."""
    taken: list[Span] = []
    for span in sorted(spans):
        if 0 <= span.start < span.end <= length and (not taken or taken[-1].end <= span.start):
            taken.append(span)
    return taken

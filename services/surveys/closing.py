"""Closing: nothing is taken any more, all replies are opened at once, shuffled, and their key is destroyed.

Three steps, each of which survives being cut short:

1. `begin`, a transaction of its own: open -> closing, and what buttons and links were signed with is gone. It takes the
   survey's row FOR UPDATE. **Whoever writes a reply takes that row FOR KEY SHARE first**, with the state asked in the
   same statement, and before any other row or table: so either the reply was committed when the closing begins, and is
   counted, or it waits, sees `closing` and is refused. Many replies hold KEY SHARE side by side.
2. one transaction for everything that becomes readable. Sealed rows are read in portions and opened in a thread; what
   is kept of them is shuffled with the system's generator, taps and texts each by themselves, and written in that order
   under one transaction id. Groups with few replies are put together before that, and of very few nothing is written
   (`merging`). The table of sealed rows is then emptied by TRUNCATE, which leaves no dead row behind; rows
   of other open surveys come back in random order. Nobody holds the survey's row here before the table is locked (a
   writer may have the table and wait for the row), and only one closing runs at a time.
3. the key file is destroyed. A machine that dies between 2 and 3 does it at the next tick, and so does every other
   machine that has a copy: the key of a closed survey is of use to an intruder alone.

Who was through (`survey_marks`) is deleted with step 2: one reply a person is a question of open surveys only, the rate
of response is counted from replies and groups. Who was asked stays for `_ASKED_KEPT`, because "what changed because of
you" goes to the same people; of a named survey it stays as long as its answers do.
"""

import asyncio
import logging
from datetime import timedelta

from services.access import Actor, NotAllowed
from services.audit.dto import Act
from services.ports import Calendar, Clock, Factory
from services.questionnaires.rights import require_manager
from services.surveys.dto import Closing, ClosingEnd, Survey, SurveyState
from services.surveys.errors import (
    ClosingElsewhere,
    ClosingHalted,
    KeyAwaited,
    SurveyKeyMissing,
    SurveyKeyThere,
    SurveyKeyUnusable,
    SurveyMissing,
    SurveyNotClosing,
    SurveyNotOpen,
)
from services.surveys.key_watch import KEY_PATIENCE, KeyWatch
from services.surveys.opened import Opened
from services.surveys.ports import ClosingAlarm, ClosingUnitOfWork, SurveyKeys
from services.surveys.rules import SEALED

logger = logging.getLogger(__name__)

#: Sealed rows that are read and opened at a time: half a megabyte, some ten milliseconds of a thread.
_PORTION = 100
_WRITTEN = 200
_ASKED_KEPT = timedelta(days=365)
_TENS = 10


class ClosingService:
    """Closes surveys by hand and in time; any process may, but only one that has the key can end it."""

    def __init__(
        self,
        unit_of_work: Factory[ClosingUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        keys: SurveyKeys,
        alarm: ClosingAlarm,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._keys = keys
        self._alarm = alarm
        self._watch = KeyWatch(clock, keys, alarm)
        self._damaged: set[int] = set()

    async def close(
        self, actor: Actor, survey_id: int, *, anyway: bool = False, accept_damage: bool = False
    ) -> Closing:
        """Close a survey now, or go on with a closing that was begun; thousands of replies take some seconds.

        What is refused leaves it as it was. The operator alone: `anyway` lets nothing more in although the key is not
        here, and leaves the rest to the bot that has it; `accept_damage` gives up replies that cannot be read.

        Raises:
            NotAllowed: the actor manages no surveys, or asks for what only the operator may.
            ClosingHalted: since a restore nothing goes out, and no key is destroyed.
            SurveyMissing: there is no such survey.
            SurveyNotOpen: it is a draft, or closed already.
            SurveyKeyMissing: it is open, and its key is not on this machine.
        """
        require_manager(actor)
        if anyway or accept_damage:
            _require_operator(actor)
        survey = await self._begin(actor, survey_id, needs_key=not anyway)
        return await self._end(survey, accept_damage=accept_damage)

    async def weigh_giving_up(self, actor: Actor, survey_id: int) -> int:
        """Return how many sealed replies would be lost; the refusals are those of `give_up`."""
        _require_operator(actor)
        async with self._unit_of_work() as uow:
            await self._check_lost(uow, survey_id)
            return await uow.closing.count_sealed(survey_id)

    async def give_up(self, actor: Actor, survey_id: int) -> Closing:
        """End a survey whose key is lost, and its answers with it; the operator's alone.

        Raises:
            NotAllowed: the actor is not the operator.
            ClosingHalted, SurveyMissing: as for `close`.
            SurveyNotClosing: it is open still, or not open at all: whatever has the key could yet end it.
            SurveyKeyThere: the key is on this machine, or nothing of it was sealed.
            KeyAwaited: its closing was begun a moment ago, and another machine may have the key.
            ClosingElsewhere: another process is closing surveys.
        """
        _require_operator(actor)
        async with self._unit_of_work() as uow:
            if not await uow.closing.take_turn():
                raise ClosingElsewhere
            survey = await self._check_lost(uow, survey_id)
            lost = await uow.closing.count_sealed(survey_id)
            if not await self._empty(uow, survey, lost):
                return Closing(survey_id=survey_id, end=ClosingEnd.WAITS)
            nothing, noted = Opened(survey.questionnaire, []), (f"survey:{survey_id}", self._clock.now())
            await self._write(uow, survey, nothing)
            await uow.audit.add(actor, Act.SURVEY_ANSWERS_GIVEN_UP, *noted, replies=_in_tens(lost))
            await uow.commit()
        return await self._closed(survey, nothing)

    async def close_due(self) -> list[Closing]:
        """Close surveys whose last day is over, end what was begun, destroy keys that are of no use any more.

        While everything is halted since a restore only keys are looked for: the answers of a better backup may need
        them. What is damaged is tried once by a process.
        """
        async with self._unit_of_work() as uow:
            halted = await uow.survey_rounds.is_halted()
            unfinished = await uow.surveys.list_surveys([SurveyState.OPEN, SurveyState.CLOSING])
            due = await uow.surveys.list_due(self._calendar.today(self._clock.now()))
        ended = []
        if not halted:
            await self._destroy_keys()
            ended = [closing for one in due if one not in self._damaged for closing in await self._close_one(one)]
        over = {one.survey_id for one in ended if one.end is ClosingEnd.CLOSED}
        await self._watch.look([one for one in unfinished if one.id not in over])
        return ended

    async def _close_one(self, survey_id: int) -> list[Closing]:
        survey = await self._begin(None, survey_id)
        if survey.state is not SurveyState.CLOSING:  # another process has just closed it
            return []
        closing = await self._end(survey)
        if closing.end is ClosingEnd.DAMAGED:
            self._damaged.add(survey_id)
            logger.warning("survey %d is not closed: %d replies cannot be read", survey_id, closing.broken)
            await self._alarm.survey_is_damaged(survey_id, closing.broken)
        return [closing]

    async def _destroy_keys(self) -> None:
        """Destroy the keys of closed surveys that are still on this machine."""
        async with self._unit_of_work() as uow:
            closed = await uow.closing.list_closed_keys()
        for survey_id, public_key in closed:
            await self._destroy(survey_id, public_key)

    async def forget(self) -> int:
        """Forget whom surveys asked that were closed long ago; return how many people that is, in all surveys."""
        async with self._unit_of_work() as uow:
            forgotten = await uow.closing.forget_asked(self._calendar.today(self._clock.now()) - _ASKED_KEPT)
            await uow.commit()
        return forgotten

    async def _begin(self, actor: Actor | None, survey_id: int, *, needs_key: bool = False) -> Survey:
        """Let nothing more in. `actor`: None where the last day is over."""
        async with self._unit_of_work() as uow:
            if await uow.survey_rounds.is_halted():
                raise ClosingHalted
            await uow.surveys.lock_survey(survey_id)
            survey = await _find(uow, survey_id)
            if survey.state is SurveyState.OPEN:
                if needs_key and survey.mode in SEALED and self._watch.find(survey) is None:
                    raise SurveyKeyMissing
                ends = {"state": SurveyState.CLOSING.value, "tap_key": None, "link_token": None}
                await uow.surveys.change_survey(survey_id, ends)
                if actor is not None:
                    await uow.audit.add(actor, Act.SURVEY_CLOSED, f"survey:{survey_id}", self._clock.now())
                survey = await _find(uow, survey_id)
            await uow.commit()
        if actor is not None and survey.state is not SurveyState.CLOSING:
            raise SurveyNotOpen
        return survey

    async def _end(self, survey: Survey, *, accept_damage: bool = False) -> Closing:
        key = self._watch.find(survey)
        if key is None and survey.mode in SEALED:
            return Closing(survey_id=survey.id, end=ClosingEnd.KEY_MISSING)
        async with self._unit_of_work() as uow:
            if not await uow.closing.take_turn():
                return Closing(survey_id=survey.id, end=ClosingEnd.WAITS)
            if (await _find(uow, survey.id)).state is SurveyState.CLOSED:
                return Closing(survey_id=survey.id, end=ClosingEnd.CLOSED)
            opened = await self._open_all(uow, survey, key)
            if opened.is_damaged and not accept_damage:
                return Closing(survey_id=survey.id, end=ClosingEnd.DAMAGED, broken=opened.broken)
            if not await self._empty(uow, survey, opened.read):
                return Closing(survey_id=survey.id, end=ClosingEnd.WAITS)
            await self._write(uow, survey, opened)
            await uow.commit()
        return await self._closed(survey, opened)

    async def _open_all(self, uow: ClosingUnitOfWork, survey: Survey, key: bytes | None) -> Opened:
        """Open what was sealed, in portions that a thread works through while others are served."""
        opened = Opened(survey.questionnaire, await uow.surveys.list_strata(survey.id))
        if key is None:
            return opened
        last = None
        while portion := await uow.closing.list_sealed(survey.id, last, _PORTION):
            await opened.add([body for _, body in portion], key)
            last = portion[-1][0]
        await opened.settle()
        return opened

    async def _empty(self, uow: ClosingUnitOfWork, survey: Survey, read: int) -> bool:
        """Empty the sealed table and whatever else is of no use any more; False: not now.

        The count is taken behind the lock: a row that came although the survey is closing must not vanish unread.
        """
        await uow.closing.forget_traces(survey.id)
        if not await uow.closing.lock_sealed():
            logger.warning("survey %d is closed later: its replies are being read, by a backup perhaps", survey.id)
            return False
        if await uow.closing.count_sealed(survey.id) != read:
            logger.warning("survey %d is closed later: a reply came while it was being closed", survey.id)
            return False
        await uow.closing.empty_sealed(survey.id)
        return True

    async def _write(self, uow: ClosingUnitOfWork, survey: Survey, opened: Opened) -> None:
        if opened.merged is not None:
            await uow.closing.merge_strata(survey.id, opened.merged.strata, opened.merged.leaves)
        for first in range(0, len(opened.replies), _WRITTEN):
            await uow.closing.add_replies(survey.id, opened.replies[first : first + _WRITTEN])
        for first in range(0, len(opened.texts), _WRITTEN):
            await uow.closing.add_texts(survey.id, opened.texts[first : first + _WRITTEN])
        closed_on = self._calendar.today(self._clock.now())
        await uow.surveys.change_survey(survey.id, {"state": SurveyState.CLOSED.value, "closed_on": closed_on})

    async def _closed(self, survey: Survey, opened: Opened) -> Closing:
        destroyed = survey.public_key is not None and await self._destroy(survey.id, survey.public_key)
        logger.info("survey %d is closed", survey.id)
        if opened.broken:
            logger.warning("survey %d: %d replies were damaged and are not counted", survey.id, opened.broken)
        return Closing(
            survey_id=survey.id,
            end=ClosingEnd.CLOSED,
            replies=_in_tens(len(opened.replies)),
            texts=_in_tens(len(opened.texts)),
            broken=opened.broken,
            too_few=opened.is_too_few,
            key_destroyed=destroyed,
        )

    async def _check_lost(self, uow: ClosingUnitOfWork, survey_id: int) -> Survey:
        """Return a survey whose closing waits for a key that is not here; refuse any other."""
        if await uow.survey_rounds.is_halted():
            raise ClosingHalted
        survey = await _find(uow, survey_id)
        if survey.state is not SurveyState.CLOSING:
            raise SurveyNotClosing
        if survey.mode not in SEALED or self._watch.find(survey) is not None:
            raise SurveyKeyThere
        latest, begun = self._clock.now() - KEY_PATIENCE, await uow.closing.find_begun(survey_id)
        over = survey.closes_on is None or survey.closes_on < self._calendar.today(latest)
        if begun > latest if begun is not None else not over:
            raise KeyAwaited
        return survey

    async def _destroy(self, survey_id: int, public_key: bytes) -> bool:
        """Destroy a key; False where there was none, or it must be done by hand."""
        try:
            return await asyncio.to_thread(self._keys.delete, survey_id, public_key)
        except SurveyKeyUnusable as error:
            logger.warning("the key of closed survey %d must be deleted by hand: %s", survey_id, error.reason)
            return False


def _require_operator(actor: Actor) -> None:
    if actor.account_id is not None:
        raise NotAllowed


def _in_tens(count: int) -> int:
    return count // _TENS * _TENS


async def _find(uow: ClosingUnitOfWork, survey_id: int) -> Survey:
    survey = await uow.surveys.find_survey(survey_id)
    if survey is None:
        raise SurveyMissing
    return survey

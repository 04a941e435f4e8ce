"""The clock's ticks: APScheduler keeps nothing and decides nothing, it only calls."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.container import Container
from bot.errors import PASSING_FAILURES, is_passing
from bot.ingress import Ingress
from bot.keys import watch_signing_key
from handlers.trust.states import TrustForm
from services.db.presence import WorkerPresence
from services.register.heads import DailyHeads

logger = logging.getLogger(__name__)

#: The duty of the one process that posts the register's head (beside `bot.polling.POLLING_DUTY`).
REGISTER_DUTY = 2
_FORGOTTEN_FORM = timedelta(days=30)
#: That somebody wanted a talk is nobody's business any longer than that.
_FORGOTTEN_TALK = timedelta(hours=1)
_TALK_FORM = TrustForm.__full_group_name__


class Ticks:
    """What is done again and again; whoever has nothing to do is through at once."""

    def __init__(self, container: Container, ingress: Ingress, presence: WorkerPresence) -> None:
        self._container = container
        self._ingress = ingress
        self._presence = presence

    async def look_for_work(self) -> None:
        """Wake the workers: another process or a dead one may have left something."""
        bells = self._container.bells
        for bell in (
            bells.printing,
            bells.batches,
            bells.outbox,
            bells.schedule,
            bells.stamping,
            self._ingress.claim_bell,
        ):
            bell.ring()

    async def follow_roles(self) -> None:
        """Let command menus follow roles whose days begin or end, and those that another process gave."""
        self._container.bells.menus.ring()

    async def keep_leases(self) -> None:
        """Keep the updates in hand."""
        await self._ingress.keep_leases()

    async def show_life(self) -> None:
        """Keep the life sign of this process."""
        if not await self._presence.check():
            logger.warning("the database was away; this process announced itself anew")

    async def watch_channels(self) -> None:
        """Tell the administrators where the bot may not write any more."""
        while await self._container.given.channels.tell_next():
            pass

    async def watch_key(self) -> None:
        """Say why certificates wait, if the key that signs here has become invalid."""
        await watch_signing_key(self._container.keys, self._container.signing_key)

    async def watch_confirmations(self) -> None:
        """Tell holders of what the university confirms no more, or again."""
        await self._container.confirmations.look()

    async def sweep_revisions(self) -> None:
        """Correct, or take back, what was on its way to somebody while that began."""
        await self._container.revision_sweeps.sweep()

    async def remind(self) -> None:
        """Remind of papers that end, once a day from the morning on."""
        await self._container.expiry_sweeps.sweep()

    async def remind_of_plans(self) -> None:
        """Remind units of their plans, once a working day from the morning on."""
        await self._container.plan_sweeps.sweep()

    async def remind_of_surveys(self) -> None:
        """Remind of open surveys and count how many are through, once a day at a fixed hour."""
        await self._container.survey_ticks.rounds.run()

    async def shuffle_surveys(self) -> None:
        """Let no table of an open survey tell who came when, once a night."""
        await self._container.survey_ticks.shuffle.run()

    async def close_surveys(self) -> None:
        """Close surveys whose last day is over, and end closings that were begun."""
        await self._container.given.survey_closing.close_due()

    async def post_head(self) -> None:
        """Post the register's head of a day that has ended."""
        await post_head(self._container.heads, self._presence)

    async def tell_desks(self) -> None:
        """Tell desks in the morning how they stand, and before a promise ends; each notice is left once."""
        await self._container.desks.rounds.morning_summary()
        await self._container.desks.rounds.warn_before_late()
        await self._container.plan_rounds.tell_what_waits()
        await self._container.material_rounds.ask_for_materials()

    async def watch_talks(self) -> None:
        """Call off the talks to which nobody would come any more."""
        await self._container.trust_rounds.call_off_deserted()

    async def show_progress(self) -> None:
        """Let those who watch announcements go see how far they are."""
        await self._container.progress.show()

    async def forget(self) -> None:
        """Forget what is of no use any more."""
        await forget_old(self._container)


def create_scheduler(
    container: Container, ingress: Ingress, presence: WorkerPresence, timezone: str
) -> AsyncIOScheduler:
    """Return the scheduler with all ticks; the caller starts and stops it."""
    scheduler = AsyncIOScheduler(
        timezone=timezone, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 30}
    )
    ticks = Ticks(container, ingress, presence)
    every = {
        ticks.look_for_work: timedelta(seconds=1),
        ticks.show_progress: timedelta(seconds=1),
        ticks.show_life: timedelta(seconds=5),
        ticks.sweep_revisions: timedelta(seconds=5),
        ticks.keep_leases: timedelta(seconds=15),
        ticks.follow_roles: timedelta(minutes=1),
        ticks.watch_channels: timedelta(seconds=10),
        ticks.watch_key: timedelta(minutes=1),
        ticks.remind: timedelta(minutes=1),
        ticks.remind_of_plans: timedelta(minutes=1),
        ticks.remind_of_surveys: timedelta(minutes=1),
        ticks.shuffle_surveys: timedelta(minutes=1),
        ticks.close_surveys: timedelta(minutes=1),
        ticks.post_head: timedelta(minutes=1),
        ticks.tell_desks: timedelta(minutes=5),
        ticks.watch_talks: timedelta(minutes=5),
        ticks.watch_confirmations: timedelta(minutes=10),
        ticks.forget: timedelta(hours=1),
    }
    for job, pause in every.items():
        name = job.__name__.replace("_", " ")
        scheduler.add_job(_surviving(job), "interval", seconds=pause.total_seconds(), id=name)
    return scheduler


async def post_head(heads: DailyHeads, presence: WorkerPresence) -> None:
    """Post the register's head of a day that has ended, from one process only."""
    if not await presence.take_duty(REGISTER_DUTY):
        return
    try:
        await heads.post_next()
    finally:
        await presence.lay_down_duty(REGISTER_DUTY)


async def forget_old(container: Container) -> None:
    """Forget what is of no use any more, above all what names people; how long it is of use, every feature says."""
    given = container.given
    updates = await container.inbox.purge()
    forms = await container.states.purge(_FORGOTTEN_FORM) + await container.states.purge(_FORGOTTEN_TALK, _TALK_FORM)
    await container.trust_rounds.forget()
    files, former = await given.drafts.forget(), await given.roster.forget()
    queues, plans = await given.desk_sheets.forget(), await given.plan_review.forget()
    codes, requests = await given.linking.forget(), await given.link_requests.forget()
    unused, asked = await container.file_sweeps.forget(), await given.survey_closing.forget()
    logger.info("forgot %d files that nothing refers to, and %d times whom a survey asked", unused, asked)
    logger.info("forgot %d handled updates and %d left forms", updates, forms)
    logger.info("forgot %d spreadsheets of desks and %d files of plans", queues, plans)
    logger.info("forgot %d roster files, what %d people were before imports, %d link codes, %d link requests",
                files, former, codes, requests)  # fmt: skip


def _surviving(job: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Log a failure that passes instead of a trace at every tick."""

    async def run() -> None:
        try:
            await job()
        except PASSING_FAILURES as error:
            if not is_passing(error):
                raise
            logger.warning("tick failed, the next one tries again: %s", type(error).__name__)

    return run

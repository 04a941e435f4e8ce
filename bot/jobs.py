"""The clock's ticks: APScheduler keeps nothing and decides nothing, it only calls."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.container import Container
from bot.errors import PASSING_FAILURES, is_passing
from bot.ingress import Ingress
from bot.keys import watch_signing_key
from services.db.presence import WorkerPresence
from services.register.heads import DailyHeads

logger = logging.getLogger(__name__)

#: The duty of the one process that posts the register's head (beside `bot.polling.POLLING_DUTY`).
REGISTER_DUTY = 2
_FORGOTTEN_FORM = timedelta(days=30)


def create_scheduler(
    container: Container, ingress: Ingress, presence: WorkerPresence, timezone: str
) -> AsyncIOScheduler:
    """Return the scheduler with all ticks; the caller starts and stops it."""
    scheduler = AsyncIOScheduler(
        timezone=timezone, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 30}
    )

    async def look_for_work() -> None:
        """Wake the workers: another process or a dead one may have left something."""
        container.bells.printing.ring()
        container.bells.outbox.ring()
        container.bells.schedule.ring()
        container.bells.stamping.ring()
        ingress.claim_bell.ring()

    async def follow_roles() -> None:
        """Let command menus follow roles whose days begin or end, and those that another process gave."""
        container.bells.menus.ring()

    async def watch_key() -> None:
        """Say why certificates wait, if the key that signs here has become invalid."""
        await watch_signing_key(container.keys, container.signing_key)

    async def forget() -> None:
        """Forget what is of no use any more."""
        await forget_old(container)

    async def watch_confirmations() -> None:
        """Tell holders of what the university confirms no more, or again."""
        await container.confirmations.look()

    async def remind() -> None:
        """Remind of papers that end, once a day from the morning on."""
        await container.expiry_sweeps.sweep()

    async def tell_desks() -> None:
        """Tell desks in the morning how they stand, and before a promise ends; each notice is left once."""
        await container.desks.rounds.morning_summary()
        await container.desks.rounds.warn_before_late()

    async def show_life() -> None:
        """Keep the life sign of this process."""
        if not await presence.check():
            logger.warning("the database was away; this process announced itself anew")

    scheduler.add_job(look_for_work, "interval", seconds=1, id="look for work")
    scheduler.add_job(follow_roles, "interval", minutes=1, id="follow roles")
    scheduler.add_job(_surviving(ingress.keep_leases), "interval", seconds=15, id="renew leases")
    scheduler.add_job(_surviving(show_life), "interval", seconds=5, id="show life")
    scheduler.add_job(_surviving(watch_confirmations), "interval", minutes=10, id="watch confirmations")
    scheduler.add_job(_surviving(watch_key), "interval", minutes=1, id="watch the signing key")
    scheduler.add_job(_surviving(remind), "interval", minutes=1, id="remind of papers that end")
    scheduler.add_job(_surviving(partial(post_head, container.heads, presence)), "interval", minutes=1, id="post head")
    scheduler.add_job(_surviving(tell_desks), "interval", minutes=5, id="tell desks")
    scheduler.add_job(_surviving(forget), "interval", hours=1, id="forget")
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
    forms = await container.states.purge(_FORGOTTEN_FORM)
    files, former = await given.drafts.forget(), await given.roster.forget()
    queues = await given.desk_sheets.forget()
    codes, requests = await given.linking.forget(), await given.link_requests.forget()
    logger.info("forgot %d handled updates and %d left forms", updates, forms)
    logger.info("forgot %d spreadsheets of desks", queues)
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

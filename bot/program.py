"""The running bot: parts are opened in order, work is done until a signal, parts are closed in reverse."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.commands import publish_descriptions
from bot.container import Container, create_container
from bot.documents import university as university_file
from bot.documents.certificates import FileInspector
from bot.documents.qr_reading import QrReader
from bot.ingress import Ingress
from bot.jobs import create_scheduler
from bot.keys import enter_signing_key, open_signing_key
from bot.polling import POLLING_DUTY, Poller
from bot.press import Press
from bot.settings import Settings
from bot.supervisor import Deadline, Supervisor, work_through
from bot.telegram import MeteredAnswers, create_bot
from bot.time_stamps import HttpTimeStamper
from bot.tools import Tools
from bot.web.app import WebParts, WebServer
from services.db.engine import create_engine
from services.db.presence import WorkerPresence
from services.db.schema import bring_up_to_date
from services.db.uow import unit_of_work_factory
from services.ports import SystemClock

logger = logging.getLogger(__name__)

_PRINTERS = 2  # as many as there are cores on a small server
_STOPPING_SECONDS = 8.0  # for everything in hand together; a rolling restart may count on ten for the whole program
_DUTY_SECONDS = 1.0
_RETRY_SECONDS = 2.0


class TokenRefused(RuntimeError):  # noqa: N818 -- states a fact
    """Telegram does not know the BOT_TOKEN."""


class WebhookRefused(RuntimeError):  # noqa: N818 -- as above
    """Telegram will not bring updates to this address."""


async def run_program(settings: Settings, database_url: str) -> None:
    """Run the bot until SIGTERM or SIGINT."""
    async with ended_by_signal(), running(settings, database_url):
        await asyncio.Event().wait()


@asynccontextmanager
async def ended_by_signal() -> AsyncIterator[None]:
    """Let the first SIGTERM or SIGINT end the block, whatever it waits for (Telegram at the start, for one)."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    signalled = asyncio.Event()

    def end() -> None:
        if task is not None and not signalled.is_set():
            signalled.set()
            logger.info("stopping")
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    try:
        yield
    except asyncio.CancelledError:
        if not signalled.is_set():
            raise


@asynccontextmanager
async def running(settings: Settings, database_url: str) -> AsyncIterator[Container]:
    """Run the bot while the block lasts."""
    async with AsyncExitStack() as stack:
        engine = create_engine(database_url)
        stack.push_async_callback(engine.dispose)
        await bring_up_to_date(engine, settings.migration_database_url)
        presence = await stack.enter_async_context(WorkerPresence(engine))
        tools, press = await _open_tools(settings, engine, stack)
        bot, supervisor = tools.bot, tools.supervisor
        container = create_container(settings, tools, presence.number)
        await enter_signing_key(container.keys, press.key)
        ingress = Ingress(
            container.inbox, container.dispatcher, bot, supervisor, container.incidents, container.survey_door
        )
        deadline = Deadline(_STOPPING_SECONDS)
        stack.push_async_callback(_finish, container, ingress, deadline)
        parts = WebParts(container=container, ingress=ingress, supervisor=supervisor, engine=engine, clock=tools.clock)
        web = await stack.enter_async_context(WebServer(settings, parts))
        scheduler = create_scheduler(container, ingress, presence, settings.timezone)
        scheduler.start()
        stack.callback(scheduler.shutdown, wait=False)
        _start_work(supervisor, container, ingress)
        supervisor.start("descriptions", publish_descriptions(bot, container.i18n, container.given.university))
        supervisor.start("press", press.warm_up())
        stack.push_async_callback(_begin_nothing_more, supervisor, ingress, deadline)
        if settings.uses_webhook:
            await _set_webhook(web, bot)
        else:
            polling = supervisor.keep("polling", Poller(bot, ingress, presence).run)
            stack.push_async_callback(_pass_on_polling, polling, presence)
        logger.info("ready as worker %d", presence.number)
        yield container


async def _open_tools(settings: Settings, engine: AsyncEngine, stack: AsyncExitStack) -> tuple[Tools, Press]:
    clock, university = SystemClock(), university_file.load(settings.university_file)
    press = Press(open_signing_key(settings, university, clock.now()))
    inspector, reader = FileInspector(), QrReader()
    for tool in (press, inspector, reader):
        stack.callback(tool.close)
    meter = MeteredAnswers()
    bot = create_bot(settings.bot_token.get_secret_value(), settings.telegram_api_url, meter)
    stack.push_async_callback(bot.session.close)
    stamper = await stack.enter_async_context(HttpTimeStamper(settings.tsa_url)) if settings.tsa_url else None
    tools = Tools(
        engine=engine,
        clock=clock,
        university=university,
        press=press,
        inspector=inspector,
        reader=reader,
        bot=bot,
        bot_username=await _learn_username(bot, engine, clock),
        meter=meter,
        stamper=stamper,
    )
    return tools, press


def _start_work(supervisor: Supervisor, container: Container, ingress: Ingress) -> None:
    bells = container.bells
    for number in range(_PRINTERS):
        supervisor.keep(f"printer {number}", lambda: work_through(container.printing.print_next, bells.printing))
    if stamping := container.stamping:
        supervisor.keep("time stamps", lambda: work_through(stamping.stamp_next, bells.stamping, in_pieces=True))
    supervisor.keep("batches", lambda: work_through(container.batches.work_next, bells.batches))
    container.delivery.start()
    supervisor.keep("announcements", lambda: work_through(container.schedule.take_next, bells.schedule))
    bells.menus.ring()
    supervisor.keep("menus", lambda: work_through(container.menus.publish, bells.menus))
    supervisor.keep("claiming updates", ingress.claim)
    supervisor.keep("marking updates", ingress.mark_finished, to_the_end=True)


async def _pass_on_polling(polling: asyncio.Task[None], presence: WorkerPresence) -> None:
    """Fetch nothing more, and let a stand-by do so at once, while what is in hand here comes to its end."""
    polling.cancel()
    await asyncio.wait([polling], timeout=_DUTY_SECONDS)
    with suppress(TimeoutError):
        async with asyncio.timeout(_DUTY_SECONDS):
            await presence.lay_down_duty(POLLING_DUTY)


async def _begin_nothing_more(supervisor: Supervisor, ingress: Ingress, deadline: Deadline) -> None:
    """Leave to other replicas what nobody has begun; then the web server closes, and balancers move on."""
    logger.info("what is in hand has %.0f seconds", deadline.left())
    supervisor.dismiss()
    await ingress.leave()


async def _finish(container: Container, ingress: Ingress, deadline: Deadline) -> None:
    """Let everything in hand come to its end, break off what takes too long, and leave that to other replicas."""
    await asyncio.gather(ingress.drain(deadline.left()), container.delivery.drain(deadline.left()))
    await container.supervisor.close(deadline.left())
    await ingress.hand_over()


async def _set_webhook(web: WebServer, bot: Bot) -> None:
    """Ask Telegram to bring the updates; where it cannot be reached, until it can."""
    while True:
        try:
            await web.set_webhook(bot)
        except (TelegramNetworkError, TelegramServerError) as error:
            logger.warning("the webhook could not be set: %s", error)
            await asyncio.sleep(_RETRY_SECONDS)
        except TelegramRetryAfter as error:
            logger.warning("the webhook could not be set: %s", error)
            await asyncio.sleep(error.retry_after)
        except TelegramBadRequest as error:
            raise WebhookRefused(
                f"Telegram refuses the webhook ({error.message}): PUBLIC_URL must be an https address that Telegram "
                "can reach, WEBHOOK_SECRET hold A-Z, a-z, 0-9, _ and - only; without both the bot uses long polling"
            ) from error
        else:
            return


async def _learn_username(bot: Bot, engine: AsyncEngine, clock: SystemClock) -> str:
    """Ask Telegram for the bot's name; where Telegram cannot be reached, the name seen last serves."""
    unit_of_work = unit_of_work_factory(engine)
    while True:
        try:
            me = await bot.get_me(request_timeout=5)
        except TelegramUnauthorizedError as error:
            raise TokenRefused from error
        except TelegramAPIError as error:
            logger.warning("Telegram cannot be reached: %s", error)
            async with unit_of_work() as uow:
                username = await uow.bots.find_username(bot.id)
            if username is not None:
                return username
            await asyncio.sleep(_RETRY_SECONDS)
        else:
            username = me.username or ""
            async with unit_of_work() as uow:
                await uow.bots.keep(me.id, username, clock.now())
                await uow.commit()
            return username

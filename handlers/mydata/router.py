"""/mydata: everything about who asks, as a file, at once."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import GoTo, Place
from handlers.common.keyboards import back_to_menu_keyboard
from handlers.common.ports import LocalDates, Reports
from handlers.common.screens import send_file
from handlers.common.tap import ANSWERS_TAP
from handlers.mydata.report import compose_report
from handlers.mydata.texts import caption, file_name
from services.access import Actor
from services.mydata.service import MyDataService
from services.university import UniversityCard


async def take_my_data(
    event: Message | CallbackQuery,
    actor: Actor,
    my_data: MyDataService,
    reports: Reports,
    dates: LocalDates,
    university: UniversityCard,
) -> None:
    """The person wants to see what is kept about them."""
    data = await my_data.take(actor)
    report = compose_report(data, actor.language, university, dates)
    content = await reports.draw(report)
    await send_file(event, content, file_name(report.day), caption(data.roster), back_to_menu_keyboard())


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="mydata")
    router.message.register(take_my_data, Command("mydata"))
    router.callback_query.register(take_my_data, GoTo.filter(F.place == Place.MY_DATA), flags=ANSWERS_TAP)
    return router

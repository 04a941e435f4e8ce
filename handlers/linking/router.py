"""A one-time code comes by a deep link, typed after the button, or just typed."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.common.callbacks import GoTo, Place
from handlers.common.filters import TYPED_TEXT, HoldsCertificateCode, HoldsLinkCode
from handlers.common.keyboards import back_to_menu_keyboard, menu_keyboard
from handlers.common.screens import show
from handlers.linking.states import LinkingForm
from handlers.linking.texts import ask_for_code_text, linked_text, not_a_code_text
from services.access import Actor
from services.linking.rules import PAYLOAD_PREFIX
from services.linking.service import LinkingService
from services.university import UniversityCard


async def ask_to_link(event: CallbackQuery, actor: Actor, state: FSMContext, university: UniversityCard) -> None:
    """The person says that they have a code."""
    await state.set_state(LinkingForm.code)
    await show(event, ask_for_code_text(university, actor.language), back_to_menu_keyboard())


async def follow_link(
    message: Message, command: CommandObject, actor: Actor, state: FSMContext, linking: LinkingService
) -> None:
    """The person opens a personal link."""
    await _link(message, command.args or "", actor, state, linking)


async def type_code(message: Message, code: str, actor: Actor, state: FSMContext, linking: LinkingService) -> None:
    """The person types a code."""
    await _link(message, code, actor, state, linking)


async def type_something_else(message: Message) -> None:
    """The person types what cannot be a code; this is not counted as a try."""
    await show(message, not_a_code_text(), back_to_menu_keyboard())


async def _link(message: Message, secret: str, actor: Actor, state: FSMContext, linking: LinkingService) -> None:
    person = await linking.link(actor, secret)
    await state.clear()
    await show(message, linked_text(person), menu_keyboard(replace(actor, person=person)))


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="linking")
    router.message.register(follow_link, CommandStart(deep_link=True, magic=F.args.startswith(PAYLOAD_PREFIX)))
    router.callback_query.register(ask_to_link, GoTo.filter(F.place == Place.LINKING))
    router.message.register(type_code, LinkingForm.code, HoldsLinkCode(asked_for=True))
    router.message.register(type_code, HoldsLinkCode())
    router.message.register(type_something_else, LinkingForm.code, TYPED_TEXT, ~HoldsCertificateCode())
    return router

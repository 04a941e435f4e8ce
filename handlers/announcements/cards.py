"""What is out, or on its way: the list, the card, watching it go, pausing and ending it, sending it again."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.announcements.callbacks import Steer, Step
from handlers.announcements.keyboards import cancel_keyboard, card_keyboard, sent_keyboard
from handlers.announcements.screens import screen_of
from handlers.announcements.texts import cancel_question, card_text, sent_text
from handlers.common.callbacks import ListSent, OpenAnnouncement
from handlers.common.ports import LocalDates
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from services.access import Actor
from services.announcements.out import OutService
from services.announcements.sending_dto import Card
from services.delivery.dto import Outcome

_AGAIN = {Step.UNKNOWN: Outcome.UNKNOWN, Step.FAILED: Outcome.FAILED}


async def list_sent(event: CallbackQuery, actor: Actor, announcement_cards: OutService, dates: LocalDates) -> None:
    """The editor looks at what was sent lately."""
    sent = await announcement_cards.list_sent(actor, screen_of(event))
    await show(event, sent_text(sent, actor.language, dates), sent_keyboard(sent))


async def open_card(
    event: CallbackQuery,
    callback_data: OpenAnnouncement,
    actor: Actor,
    announcement_cards: OutService,
    dates: LocalDates,
) -> None:
    """The editor looks at one."""
    card = await announcement_cards.look(actor, callback_data.announcement_id, screen_of(event))
    await show(event, card_text(card, actor.language, dates), card_keyboard(card, watched=False))


async def follow(
    event: CallbackQuery, callback_data: Steer, actor: Actor, announcement_cards: OutService, dates: LocalDates
) -> None:
    """The editor wants to watch it go."""
    card = await announcement_cards.follow(actor, callback_data.announcement_id, screen_of(event))
    await _show(event, card, actor, dates)


async def pause(
    event: CallbackQuery, callback_data: Steer, actor: Actor, announcement_cards: OutService, dates: LocalDates
) -> None:
    """The editor lets nothing more go out."""
    card = await announcement_cards.pause(actor, callback_data.announcement_id, screen_of(event))
    await _show(event, card, actor, dates)


async def resume(
    event: CallbackQuery, callback_data: Steer, actor: Actor, announcement_cards: OutService, dates: LocalDates
) -> None:
    """The editor lets it go on."""
    card = await announcement_cards.resume(actor, callback_data.announcement_id, screen_of(event))
    await _show(event, card, actor, dates)


async def ask_to_cancel(
    event: CallbackQuery, callback_data: Steer, actor: Actor, announcement_cards: OutService
) -> None:
    """The editor wants to end it and is asked once more."""
    await announcement_cards.look(actor, callback_data.announcement_id, screen_of(event))
    await show(event, cancel_question(), cancel_keyboard(callback_data.announcement_id))


async def cancel(
    event: CallbackQuery, callback_data: Steer, actor: Actor, announcement_cards: OutService, dates: LocalDates
) -> None:
    """The editor ends it."""
    card = await announcement_cards.cancel(actor, callback_data.announcement_id, screen_of(event))
    await _show(event, card, actor, dates)


async def send_again(
    event: CallbackQuery, callback_data: Steer, actor: Actor, announcement_cards: OutService, dates: LocalDates
) -> None:
    """The editor sends it once more to those with whom it ended so."""
    outcomes = [_AGAIN[callback_data.step]]
    card = await announcement_cards.send_again(actor, callback_data.announcement_id, outcomes, screen_of(event))
    await _show(event, card, actor, dates)


async def _show(event: CallbackQuery, card: Card, actor: Actor, dates: LocalDates) -> None:
    await show(event, card_text(card, actor.language, dates), card_keyboard(card, watched=True))


def create_router() -> Router:
    """Handlers of what is out."""
    router = Router(name="announcement cards")
    router.callback_query.register(list_sent, ListSent.filter(), flags=ANSWERS_TAP)
    router.callback_query.register(open_card, OpenAnnouncement.filter(), flags=ANSWERS_TAP)
    for step, handler in (
        (Step.FOLLOW, follow),
        (Step.PAUSE, pause),
        (Step.RESUME, resume),
        (Step.CANCEL, cancel),
        (Step.UNKNOWN, send_again),
        (Step.FAILED, send_again),
    ):
        router.callback_query.register(handler, Steer.filter(F.step == step), flags=ANSWERS_TAP)
    router.callback_query.register(ask_to_cancel, Steer.filter(F.step == Step.ASK_CANCEL), flags=ANSWERS_TAP)
    return router

"""Telegram tells when a person stops the bot or starts it again."""

from aiogram import Router
from aiogram.filters import JOIN_TRANSITION, LEAVE_TRANSITION, ChatMemberUpdatedFilter
from aiogram.types import ChatMemberUpdated

from services.accounts.service import AccountService


async def stop_bot(event: ChatMemberUpdated, accounts: AccountService) -> None:
    """The person stopped the bot."""
    await accounts.note_blocked(event.from_user.id, blocked=True)


async def come_back(event: ChatMemberUpdated, accounts: AccountService) -> None:
    """The person started the bot again."""
    await accounts.note_blocked(event.from_user.id, blocked=False)


def create_router() -> Router:
    """Handlers of this feature."""
    router = Router(name="membership")
    router.my_chat_member.register(stop_bot, ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    router.my_chat_member.register(come_back, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    return router

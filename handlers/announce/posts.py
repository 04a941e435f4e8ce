"""A post that an editor forwards becomes a draft: in which language is it?"""

from typing import Any

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import BaseFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Document, Message, PhotoSize

from handlers.announce.callbacks import TakePost
from handlers.announce.forms import asked_about
from handlers.announce.intake import file_of, read_parts
from handlers.announce.keyboards import editors_desk_keyboard, post_keyboard
from handlers.announce.screens import ask_for_text
from handlers.announce.states import WritingForm
from handlers.announce.texts import (
    album_text,
    file_too_large_text,
    out_of_date_text,
    post_language_text,
    post_taken_text,
)
from handlers.common.downloads import LIMIT_MEGABYTES
from handlers.common.filters import TYPED_TEXT
from handlers.common.formatting import html_of
from handlers.common.forms import left_if_over, mark_of
from handlers.common.screens import show
from handlers.common.tap import ANSWERS_TAP
from services.access import Actor
from services.announcements.rules import voices_of
from services.announcements.writing import WritingService
from services.languages import Language

_FREE = frozenset({None, WritingForm.post.state, WritingForm.rest.state})
_LIMIT = LIMIT_MEGABYTES * 1024 * 1024


class ForwardsPost(BaseFilter):
    """Somebody who may write, and is asked for nothing else, forwards words, a photo or a document.

    Words that were a code have been taken before; a file without words may be a certificate (see `forward_post`).
    """

    async def __call__(self, message: Message, actor: Actor, raw_state: str | None) -> bool:
        """Look at the message, the form and the role."""
        if message.forward_origin is None or raw_state not in _FREE or not voices_of(actor):
            return False
        return bool(message.text or message.caption or message.photo or message.document)


async def forward_post(message: Message, actor: Actor, state: FSMContext, writing: WritingService) -> None:
    """The editor forwards a post. A file without words is left to whoever checks certificates; an album is refused."""
    if message.media_group_id is not None and (await state.get_data()).get("album") == message.media_group_id:
        return
    if not message.text and not message.caption:
        raise SkipHandler
    if message.media_group_id is not None:
        await state.update_data(album=message.media_group_id)
        await show(message, album_text(), editors_desk_keyboard())
        return
    file = file_of(message) if not message.animation else None
    if file is not None and (file.file_size or 0) > _LIMIT:
        await show(message, file_too_large_text(LIMIT_MEGABYTES), editors_desk_keyboard())
        return
    left = message.caption is not None and file is None
    await _ask_for_language(message, actor, state, writing, _post(html_of(message), file, left=left))


async def take_post(
    event: CallbackQuery,
    callback_data: TakePost,
    bot: Bot,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    writing: WritingService,
) -> None:
    """The editor says in which language the post is; the other languages are asked for next."""
    post = (await state.get_data()).get("post")
    if raw_state != WritingForm.post.state or post is None or post["mark"] != callback_data.mark:
        await show(event, out_of_date_text(), editors_desk_keyboard())
        return
    async with left_if_over(state):
        written = await read_parts(event, post["html"], _file(post), bot, callback_data.language)
        if written is None:
            return
        view = await writing.begin(actor, callback_data.voice, written)
    others = [language for language in Language if language is not callback_data.language]
    await ask_for_text(event, state, asked_about(view, *others), post_taken_text())


async def type_instead(message: Message, actor: Actor, state: FSMContext, writing: WritingService) -> None:
    """The editor writes instead of saying in which language the post is."""
    await _ask_for_language(message, actor, state, writing, (await state.get_data())["post"])


async def _ask_for_language(
    message: Message, actor: Actor, state: FSMContext, writing: WritingService, post: dict[str, Any]
) -> None:
    desk = await writing.open_desk(actor)
    await state.set_state(WritingForm.post)
    await state.set_data({"post": post})
    text = post_language_text(attachment_left=post["left"])
    await show(message, text, post_keyboard(desk, post["mark"], actor.language))


def _post(html: str, file: PhotoSize | Document | None, *, left: bool) -> dict[str, Any]:
    """Return a post as the form holds it, until it is known in which language it is."""
    kept = file.model_dump(mode="json", exclude_none=True, exclude={"thumbnail"}) if file is not None else None
    unique = file.file_unique_id if file is not None else ""
    return {
        "html": html,
        "file": kept,
        "photo": isinstance(file, PhotoSize),
        "left": left,
        "mark": mark_of(html, unique),
    }


def _file(post: dict[str, Any]) -> PhotoSize | Document | None:
    if post["file"] is None:
        return None
    return PhotoSize.model_validate(post["file"]) if post["photo"] else Document.model_validate(post["file"])


def create_router() -> Router:
    """Stand behind everything that knows a code or a file by its looks, and before the check of certificates."""
    router = Router(name="announced posts")
    router.callback_query.register(take_post, TakePost.filter(), flags=ANSWERS_TAP)
    router.message.register(type_instead, WritingForm.post, TYPED_TEXT, ~F.forward_origin)
    router.message.register(forward_post, ForwardsPost())
    return router

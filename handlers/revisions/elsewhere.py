"""An announcement's texts for other places, ready to be copied."""

from aiogram import Router, html
from aiogram.types import CallbackQuery

from handlers.common.callbacks import OpenElsewhere
from handlers.common.screens import send_file, show, show_below
from handlers.revisions.callbacks import TakeText
from handlers.revisions.keyboards import elsewhere_keyboard
from handlers.revisions.texts import elsewhere_text, taken_text_caption
from services.access import Actor
from services.html import LONGEST_MESSAGE, utf16_length
from services.revisions.elsewhere import for_site, for_whatsapp
from services.revisions.service import RevisionService


async def open_elsewhere(
    event: CallbackQuery, callback_data: OpenElsewhere, actor: Actor, revisions: RevisionService
) -> None:
    """The editor wants an announcement's texts for other places."""
    announcement = await revisions.find_texts(actor, callback_data.announcement_id)
    await show(event, elsewhere_text(), elsewhere_keyboard(announcement))


async def take_text(event: CallbackQuery, callback_data: TakeText, actor: Actor, revisions: RevisionService) -> None:
    """The editor takes one of them; a long one comes as a file."""
    announcement = await revisions.find_texts(actor, callback_data.announcement_id)
    keyboard, caption = elsewhere_keyboard(announcement), taken_text_caption(site=callback_data.site)
    if callback_data.language not in announcement.texts:  # an old screen
        await show(event, elsewhere_text(), keyboard)
        return
    write = for_site if callback_data.site else for_whatsapp
    text = write(announcement, callback_data.language)
    if utf16_length(text) + utf16_length(caption) + 2 > LONGEST_MESSAGE:
        name = f"announcement-{announcement.id}-{callback_data.language}.{'html' if callback_data.site else 'txt'}"
        await send_file(event, text.encode(), name, caption, keyboard)
        return
    await show_below(event, f"{caption}\n\n<pre>{html.quote(text)}</pre>", keyboard)


def register(router: Router) -> None:
    """Add these handlers."""
    router.callback_query.register(open_elsewhere, OpenElsewhere.filter())
    router.callback_query.register(take_text, TakeText.filter())

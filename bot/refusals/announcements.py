"""Refusals of announcements, as authors meet them in the chat."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals import announcement_texts
from bot.refusals.words import Keyboards, Sentences, Words
from handlers.announce.keyboards import editors_desk_keyboard
from handlers.common.keyboards import back_to_menu_keyboard
from services.announcements.dto import AnnouncementState
from services.announcements.errors import (
    AlreadyOut,
    AnnouncementEnded,
    AudienceFixed,
    DraftChanged,
    NoSuchAnnouncement,
    NotCurator,
)
from services.languages import Language


def _no_such_announcement(_refusal: NoSuchAnnouncement, _language: Language, _words: Words) -> str:
    return _("There is no such announcement.")


def _ended(refusal: AnnouncementEnded, _language: Language, _words: Words) -> str:
    if refusal.state is AnnouncementState.CANCELLED:
        return _("This announcement was cancelled, so it cannot go out any more.")
    if refusal.state is AnnouncementState.DONE:
        return _("This announcement has gone out to everybody already, so there is nothing to change.")
    return _("This announcement has changed in this very moment. Please try once more.")


def _draft_changed(_refusal: DraftChanged, _language: Language, _words: Words) -> str:
    return _("Somebody else has changed this draft in the meantime, so nothing of yours was kept. Look at it again.")


def _already_out(_refusal: AlreadyOut, _language: Language, _words: Words) -> str:
    return _("This announcement is no draft any more: it has begun to go out, or was thrown away.")


def _not_curator(refusal: NotCurator, _language: Language, _words: Words) -> str:
    return _(
        "You are not the curator of the group {group} any more, so nothing of this announcement was sent. If that is "
        "a mistake, the Study Office can correct it."
    ).format(group=html.quote(refusal.group_name))


def _audience_fixed(refusal: AudienceFixed, _language: Language, _words: Words) -> str:
    return _("This announcement goes to the whole group {group}, and to nobody else.").format(
        group=html.quote(refusal.group_name)
    )


SENTENCES: Sentences = {
    AudienceFixed: _audience_fixed,
    NotCurator: _not_curator,
    AlreadyOut: _already_out,
    DraftChanged: _draft_changed,
    AnnouncementEnded: _ended,
    NoSuchAnnouncement: _no_such_announcement,
    **announcement_texts.SENTENCES,
}

KEYBOARDS: Keyboards = {
    **dict.fromkeys(SENTENCES, back_to_menu_keyboard),
    **dict.fromkeys(announcement_texts.SENTENCES, editors_desk_keyboard),
    AlreadyOut: editors_desk_keyboard,
    AudienceFixed: editors_desk_keyboard,
    DraftChanged: editors_desk_keyboard,
}

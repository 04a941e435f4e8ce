"""What is said about announcements, and how they are read."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.ports import LocalDates
from services.announcements.dto import AnnouncementState, AnnouncementView, Hold
from services.announcements.rules import text_for
from services.html import visible_text
from services.languages import Language

_EXCERPT = 200


def held_text(
    view: AnnouncementView, hold: Hold, due_at: datetime, names: Sequence[str], reader: Language, dates: LocalDates
) -> str:
    """Ask the author what is to become of an announcement that did not go out as it was meant."""
    due = _("It was due: {moment}").format(moment=dates.moment(due_at, reader))
    if hold is Hold.AUDIENCE:
        gone = _(
            "Its audience names what does not exist any more: {names}. Nobody can tell who is meant, so nobody has "
            "got it. Please cancel it and announce it anew."
        ).format(names=html.quote(" ".join(names)))
        lines = [_("⚠️ <b>Your announcement has not gone out</b>"), due, _excerpt(view, reader), gone]
    else:
        lines = [_("⏰ <b>Your announcement is late</b>"), due, _excerpt(view, reader), _how_far(view)]
        lines += ["", _("Shall it still go out?")]
    return "\n".join(lines)


def going_on_text(state: AnnouncementState) -> str:
    """Say that the announcement goes on."""
    if state is AnnouncementState.SCHEDULED:
        return _("🕓 The announcement will go out at its time.")
    return _("📨 The announcement is going out now.")


def cancelled_text() -> str:
    """Say that the announcement has ended."""
    return _("✖️ The announcement is cancelled. Whoever has not got it yet will not get it.")


def _how_far(view: AnnouncementView) -> str:
    if view.announcement.notice_id is None:
        return _(
            "The bot was not working at that time, so nobody has got it yet. It waits for your word. Recipients: "
            "{recipients}"
        ).format(recipients=view.announcement.recipients)
    return _(
        "The bot was not working for a while, so it stopped on the way; the rest waits for your word. Sent already: "
        "{sent} of {recipients}"
    ).format(sent=view.tally.sent, recipients=view.announcement.recipients)


def _excerpt(view: AnnouncementView, reader: Language) -> str:
    text = visible_text(text_for(view.announcement, reader).html)
    cut = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
    return f"<blockquote>{html.quote(cut)}</blockquote>"

"""What is said about announcements, and how they are read."""

from collections.abc import Sequence
from datetime import datetime

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.channel_words import post_lines
from handlers.common.excerpts import excerpt
from handlers.common.ports import LocalDates
from services.announcements.dto import Announcement, AnnouncementState, AnnouncementView, Hold
from services.announcements.sending_dto import Card, Sent
from services.channels.dto import PostState
from services.delivery.dto import Tally
from services.languages import Language

_CELLS = 10


def held_text(
    view: AnnouncementView, hold: Hold, due_at: datetime, names: Sequence[str], reader: Language, dates: LocalDates
) -> str:
    """Ask the author what is to become of an announcement that did not go out as it was meant."""
    due = _("It was due: {moment}").format(moment=dates.moment(due_at, reader))
    if hold is Hold.FAULT:
        lines = [
            _("🛑 <b>Your announcement was stopped</b>"),
            excerpt(view.announcement, reader),
            _fault(" ".join(names)),
        ]
        lines += ["", _("Once the cause is mended it can go on; whoever was not reached can get it again later.")]
    elif hold is Hold.APPROVAL:
        grown = _(
            "By now so many would get it that a second person must approve it, so nobody has got it yet. Open it and "
            "submit it for approval. Recipients when it was announced: {recipients}"
        ).format(recipients=view.announcement.recipients)
        lines = [_("⚠️ <b>Your announcement has not gone out</b>"), due, excerpt(view.announcement, reader), grown]
    elif hold is Hold.AUDIENCE:
        gone = _(
            "Its audience names what does not exist any more: {names}. Nobody can tell who is meant, so nobody has "
            "got it. Open it, choose anew who gets it and send it, or cancel it."
        ).format(names=html.quote(" ".join(names)))
        lines = [_("⚠️ <b>Your announcement has not gone out</b>"), due, excerpt(view.announcement, reader), gone]
    else:
        lines = [_("⏰ <b>Your announcement is late</b>"), due, excerpt(view.announcement, reader), _how_far(view)]
        lines += ["", _("Shall it still go out?")]
    return "\n".join(lines)


def lost_right_text(announcement: Announcement, reader: Language, dates: LocalDates, *, deciding: bool) -> str:
    """Say that whoever submitted it may not announce any more, so that others decide."""
    due = _("It was due: {moment}").format(moment=dates.moment(announcement.due_at, reader))
    recipients = _("Recipients: {count}").format(count=announcement.recipients)
    if deciding:
        head = _("⚠️ <b>An announcement waits for your word</b>")
        why = _(
            "Whoever submitted it has no right to announce any more, so nobody has got it. Whoever sends it now "
            "answers for it."
        )
    else:
        head = _("⚠️ <b>Your announcement has not gone out</b>")
        why = _(
            "You or whoever submitted it have no right to announce any more, so nobody has got it. Approvers and "
            "administrators were asked whether it is still to go out."
        )
    return "\n".join([head, due, excerpt(announcement, reader), recipients, "", why])


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


def _fault(fault: str) -> str:
    sentence = _("For all of the first recipients Telegram refused it with the same words: {words}")
    return sentence.format(words=f"<code>{html.quote(fault)}</code>")


def author_lines(name: str) -> list[str]:
    """Say who wrote it, where the name is known."""
    return [_("Written by: {name}").format(name=html.quote(name))] if name else []


def card_text(card: Card, reader: Language, dates: LocalDates) -> str:
    """Say how far an announcement is."""
    announcement, tally = card.announcement, card.tally
    head = _("📣 <b>Announcement {number}: {state}</b>").format(number=announcement.id, state=state_name(card.state))
    lines = [head, *author_lines(card.author), excerpt(announcement, reader)]
    lines.append(_("🕓 When: {moment}").format(moment=dates.moment(announcement.due_at, reader)))
    if announcement.recipients or not announcement.channels:
        lines.append(_("Recipients: {count}").format(count=announcement.recipients))
    if announcement.notice_id is not None:
        waiting = sum(post.state is PostState.PENDING for post in card.posts)
        lines += ["", _bar(tally.pending + waiting, announcement.recipients + len(card.posts))]
        lines += _counts(tally) if announcement.recipients or not card.posts else []
        lines += [*_time_left(card), *post_lines(card.posts)]
    if card.fault:
        lines += ["", _fault(card.fault)]
    return "\n".join(lines)


def cancel_question() -> str:
    """Ask before an announcement is ended."""
    return _("Whoever has not got it yet will never get it. End the announcement?")


def sent_text(sent: Sequence[Sent], reader: Language, dates: LocalDates) -> str:
    """List what was sent lately."""
    if not sent:
        return "\n\n".join([_("📤 <b>Sent lately</b>"), _("Nothing was sent yet.")])
    lines = [_("📤 <b>Sent lately</b>")]
    for one in sent:
        moment = dates.moment(one.announcement.due_at, reader)
        lines.append(f"\n<b>{one.announcement.id}.</b> {moment} · {state_name(one.state)}")
        lines.append(excerpt(one.announcement, reader))
    return "\n".join(lines)


def state_name(state: AnnouncementState) -> str:
    """Say how far an announcement is, in a word or two."""
    names = {
        AnnouncementState.DRAFT: _("draft"),
        AnnouncementState.AWAITING_APPROVAL: _("waits for an approval"),
        AnnouncementState.SCHEDULED: _("waits for its time"),
        AnnouncementState.SENDING: _("is going out"),
        AnnouncementState.PAUSED: _("paused"),
        AnnouncementState.STOPPED: _("stopped"),
        AnnouncementState.DONE: _("sent"),
        AnnouncementState.CANCELLED: _("cancelled"),
    }
    return names[state]


def _bar(waiting: int, number: int) -> str:
    through = number - waiting
    cells = through * _CELLS // number if number else _CELLS
    percent = through * 100 // number if number else 100
    return f"{'▓' * cells}{'░' * (_CELLS - cells)} {percent} %"


def _counts(tally: Tally) -> list[str]:
    lines = [
        _("✅ Sent: {count}").format(count=tally.sent),
        _("❌ Failed: {count}").format(count=tally.failed),
        _("🚫 Stopped the bot: {count}").format(count=tally.blocked),
        _("❓ Unknown: {count}").format(count=tally.unknown),
        _("⏳ Left: {count}").format(count=tally.pending),
    ]
    if tally.cancelled or tally.skipped:
        lines.append(_("➖ Not sent any more: {count}").format(count=tally.cancelled + tally.skipped))
    return lines


def _time_left(card: Card) -> list[str]:
    if not card.seconds_left:
        return []
    minutes = -(-card.seconds_left // 60)
    sentence = ngettext("⏱ About {count} minute to the end", "⏱ About {count} minutes to the end", minutes)
    return [sentence.format(count=minutes)]

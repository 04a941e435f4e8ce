"""What is said about corrections and recalls."""

from collections.abc import Sequence

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.excerpts import excerpt
from handlers.common.languages import language_name
from handlers.common.reader import Reader
from services.announcements.dto import Announcement
from services.delivery.dto import BroadcastState
from services.languages import Language
from services.revisions.dto import (
    Correcting,
    Reach,
    Revision,
    RevisionKind,
    RevisionStage,
    RevisionView,
    RunningRevision,
    Sent,
    WaitingCorrection,
)


def withdrawn_text() -> str:
    """Say it where the announcement stood."""
    return _("⊘ This announcement was withdrawn by the university.")


def view_text(view: RevisionView, reader: Reader) -> str:
    """Show what is out, and what is done to it."""
    lines = [_("📣 <b>What is out</b>"), excerpt(view.announcement, reader.language), *_reach_lines(view)]
    if view.announcement.withdrawn_at is not None:
        lines += ["", _("⊘ Taken back: {moment}").format(moment=reader.moment(view.announcement.withdrawn_at))]
    elif view.announcement.corrected_at is not None:
        lines += ["", _("✏️ Corrected: {moment}").format(moment=reader.moment(view.announcement.corrected_at))]
    for running in view.begun:
        lines += ["", *_running_lines(running, reader)]
    if view.unreached:
        sentence = ngettext(
            "{count} reader keeps what was sent first: see the list.",
            "{count} readers keep what was sent first: see the list.",
            view.unreached,
        )
        lines += ["", sentence.format(count=view.unreached)]
    if view.draft is not None:
        lines += ["", _draft_line(view.draft)]
    return "\n".join(lines)


def choose_language_text(correcting: Correcting) -> str:
    """Ask which text is wrong."""
    lines = [_("✏️ <b>Correct</b>"), _("Which text do you want to correct? You can correct one, two or all three.")]
    if correcting.draft is not None and correcting.draft.texts:
        written = ", ".join(language_name(language) for language in correcting.draft.texts)
        lines += ["", _("Written already: {languages}").format(languages=written)]
    if correcting.needs_approval:
        lines += ["", _("An approver has to agree before anything changes.")]
    return "\n".join(lines)


def your_words_text() -> str:
    """Say that what follows is what was not kept."""
    return _(
        "⚠️ Somebody else has changed this correction in the meantime, so what you sent was not kept. Here it is once "
        "more, so that you can copy it; below it stands the correction as it is now."
    )


def write_text(language: Language, longest: int) -> str:
    """Ask for the text; the present one stands below."""
    ask = {
        Language.KY: _("Send the whole new text in Kyrgyz."),
        Language.RU: _("Send the whole new text in Russian."),
        Language.EN: _("Send the whole new text in English."),
    }[language]
    rules = _("Formatting stays as you write it. At most {limit} signs. /cancel leaves everything as it is.").format(
        limit=longest
    )
    return f"{ask}\n\n{rules}"


def not_a_text_text() -> str:
    """Ask for words."""
    return _("Please send the text itself, as an ordinary message. The photo or the file stays as it is.")


def unreached_caption(readers: int) -> str:
    """Say what the list is."""
    return _("📋 Who keeps what was sent first: {count}. These are personal data: do not pass the list on.").format(
        count=readers
    )


def elsewhere_text() -> str:
    """Offer the texts."""
    return _("🌐 <b>Texts for elsewhere</b>\nChoose a text and a place; it comes ready to be copied.")


def taken_text_caption(*, site: bool) -> str:
    """Say where a text is for."""
    if site:
        return _("🌐 For the site: copy it into the page's source (HTML).")
    return _("💬 For WhatsApp: copy it and paste it there.")


def preview_text(waiting: WaitingCorrection) -> str:
    """Ask for the last word below the previews."""
    count = ngettext(
        "This is how it will look, in {count} chat, without a sound. Who has not got it yet gets the new text.",
        "This is how it will look, in {count} chats, without a sound. Who has not got it yet gets the new text.",
        waiting.messages,
    )
    lines = [count.format(count=waiting.messages)]
    if waiting.after.options.asks_reading:
        lines.append(_("Whoever has confirmed the reading already is asked for it anew."))
    return "\n".join(lines)


def sent_text(sent: Sent) -> str:
    """Say what became of the correction."""
    if sent.begun:
        sentence = ngettext(
            "✏️ The correction is on its way to {count} chat.",
            "✏️ The correction is on its way to {count} chats.",
            sent.messages,
        )
        return sentence.format(count=sent.messages)
    return _("🕓 The approvers have been asked. Once one of them agrees, the correction goes out.")


def waiting_text(waiting: WaitingCorrection, reader: Language) -> str:
    """Ask an approver."""
    lines = [
        _("✏️ <b>A correction waits for your approval</b>"),
        excerpt(waiting.after, reader),
        _("Corrected texts: {languages}").format(
            languages=", ".join(language_name(language) for language in waiting.revision.texts)
        ),
        _("Chats in which it changes: {count}").format(count=waiting.messages),
    ]
    return "\n".join(lines)


def decided_text(announcement: Announcement, reader: Language, *, approved: bool) -> str:
    """Tell the author."""
    if approved:
        said = _("✅ Your correction was approved and is going out.")
    else:
        said = _("↩️ Your correction was not approved. You can change it and send it once more.")
    return f"{said}\n{excerpt(announcement, reader)}"


def approved_text(sent: Sent) -> str:
    """Thank the approver."""
    return "\n".join([_("✅ Approved. Its author is told."), sent_text(sent)])


def sent_back_text() -> str:
    """Say that the author is told."""
    return _("↩️ Sent back. Its author is told; nothing has changed in any chat.")


def dropped_text() -> str:
    """Say that nothing changed."""
    return _("The correction is dropped. Nothing has changed in any chat.")


def take_back_text(reach: Reach, *, asked: int) -> str:
    """Ask, and ask once more."""
    if asked:
        return "\n".join(
            [
                _("🗑 <b>Really take it back?</b>"),
                _("This cannot be undone: to tell people after all you would have to announce it anew."),
            ]
        )
    lines = [
        _("🗑 <b>Take it back</b>"),
        _("Deleted without a trace (younger than 48 hours): {count}").format(count=reach.fresh),
        _("Older, changed into “withdrawn by the university”: {count}").format(count=reach.old),
    ]
    if reach.waiting:
        lines.append(_("Not sent yet, and never will be: {count}").format(count=reach.waiting))
    if reach.in_digests or reach.uncertain:
        lines.append(_("Out of reach: {count}").format(count=reach.in_digests + reach.uncertain))
    return "\n".join(lines)


def taken_back_text(messages: int) -> str:
    """Say that it goes."""
    sentence = ngettext(
        "🗑 The announcement is being taken back from {count} chat. Nobody gets it any more.",
        "🗑 The announcement is being taken back from {count} chats. Nobody gets it any more.",
        messages,
    )
    return sentence.format(count=messages)


def _reach_lines(view: RevisionView) -> Sequence[str]:
    reach = view.reach
    lines = [_("In chats: {count}").format(count=reach.messages)]
    if reach.waiting:
        lines.append(_("Not sent yet: {count}").format(count=reach.waiting))
    if reach.in_digests:
        lines.append(_("In an evening's digest: {count}").format(count=reach.in_digests))
    if reach.uncertain:
        lines.append(_("Nobody knows whether it arrived: {count}").format(count=reach.uncertain))
    return lines


def _running_lines(running: RunningRevision, reader: Reader) -> Sequence[str]:
    tally, begun_at = running.tally, running.revision.begun_at or running.revision.made_at
    head = _("🗑 <b>Taken back</b>, {moment}") if _is_recall(running) else _("✏️ <b>Corrected</b>, {moment}")
    missed = tally.failed + tally.blocked + tally.unknown
    lines = [head.format(moment=reader.moment(begun_at))]
    lines.append(_("Done: {done} · left: {left} · not possible: {missed}").format(
        done=tally.sent, left=tally.pending, missed=missed
    ))  # fmt: skip
    if running.state is BroadcastState.CANCELLED:
        lines.append(_("What came later took its place."))
    return lines


def _is_recall(running: RunningRevision) -> bool:
    return running.revision.kind is RevisionKind.RECALL


def _draft_line(draft: Revision) -> str:
    languages = ", ".join(language_name(language) for language in draft.texts)
    if draft.stage is RevisionStage.AWAITING_APPROVAL:
        return _("🕓 A correction waits for its approver: {languages}").format(languages=languages)
    return _("✏️ A correction is written and not sent: {languages}").format(languages=languages)

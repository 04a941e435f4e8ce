"""What is said about drafts on their way out, and to those who approve them."""

from collections.abc import Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.announcements.keyboards import MOST_WAITING
from handlers.announcements.texts import author_lines
from handlers.common.channel_words import channel_count, channel_lines
from handlers.common.excerpts import excerpt
from handlers.common.languages import language_name
from handlers.common.ports import LocalDates
from services.announcements.dto import Announcement, AnnouncementStage
from services.announcements.rules import text_for
from services.announcements.sending_dto import Approval, ApprovalReason, SendingPlan, Submitted, Twin
from services.announcements.waiting import Waiting
from services.languages import Language


def plan_text(plan: SendingPlan, reader: Language, dates: LocalDates) -> str:
    """Say what will happen."""
    lines = [_("📨 <b>Before it goes out</b>"), *_returned(plan.draft), *_who(plan)]
    lines += _how(plan.draft, reader, dates)
    lines += ["", *_promising(promises=plan.promises), *_approval(plan), _stage_line(plan.draft)]
    return "\n".join(lines).rstrip()


def time_text(reader: Language, dates: LocalDates, draft: Announcement) -> str:
    """Ask when it is to go out."""
    when = _when(draft, reader, dates)
    ask = _("When shall it go out? Choose, or type a day and a time, for example: 25.11 14:30")
    return f"{when}\n\n{ask}"


def preview_text(count: int) -> str:
    """Say that the previews come."""
    sentence = ngettext(
        "👁 It comes to you below as its readers will get it, in {count} language.",
        "👁 It comes to you below as its readers will get it, in {count} languages.",
        count,
    )
    return sentence.format(count=count)


def group_text(count: int) -> str:
    """Say to how many the preview goes."""
    sentence = ngettext(
        "👥 The preview goes to {count} other editor or approver, marked as a preview.",
        "👥 The preview goes to {count} other editors and approvers, marked as a preview.",
        count,
    )
    return sentence.format(count=count)


def twin_text(twin: Twin, reader: Language, dates: LocalDates) -> str:
    """Ask whether the same people, or the same channels, shall get the same text again."""
    if not twin.recipients:
        return _channel_twin(twin, reader, dates)
    if twin.sent_at is None:
        waiting = ngettext(
            "⚠️ {count} of the recipients is meant by another announcement with the same text, which is yet to go out."
            " Send this one as well?",
            "⚠️ {count} of the recipients are meant by another announcement with the same text, which is yet to go out."
            " Send this one as well?",
            twin.recipients,
        )
        return waiting.format(count=twin.recipients)
    sentence = ngettext(
        "⚠️ {count} of the recipients got the same text already: {moment}. Send it anyway?",
        "⚠️ {count} of the recipients got the same text already: {moment}. Send it anyway?",
        twin.recipients,
    )
    return sentence.format(count=twin.recipients, moment=dates.moment(twin.sent_at, reader))


def submitted_text(submitted: Submitted, reader: Language, dates: LocalDates) -> str:
    """Say what becomes of it now."""
    announcement = submitted.announcement
    recipients = _recipients(submitted.recipients, announcement)
    if announcement.stage is AnnouncementStage.AWAITING_APPROVAL:
        told = ngettext(
            "⏳ It waits for an approval. {count} approver was told; you will hear what they decide.",
            "⏳ It waits for an approval. {count} approvers were told; you will hear what they decide.",
            submitted.approvers,
        )
        return f"{told.format(count=submitted.approvers)}\n{recipients}"
    if announcement.stage is AnnouncementStage.SCHEDULED:
        return f"{_scheduled(announcement, reader, dates)}\n{recipients}"
    return "\n".join([_("📨 The announcement is going out now."), recipients])


def approval_text(approval: Approval, reader: Language, dates: LocalDates) -> str:
    """Put before an approver what there is to decide."""
    announcement = approval.announcement
    lines = [_("🖊 <b>An announcement waits for your approval</b>"), *author_lines(approval.author)]
    lines += [
        excerpt(announcement, reader),
        _recipients(approval.recipients, announcement),
        *channel_lines(approval.channels),
        *_how(announcement, reader, dates),
    ]
    lines += [_why(reason) for reason in approval.reasons]
    lines += _promising(promises=approval.promises)
    if approval.is_past:
        lines.append(_("⚠️ Its time is past, so it goes out as soon as you approve it."))
    lines += ["", _("It comes to you below as its readers will get it. Approve it once you have looked at it.")]
    return "\n".join(lines)


def _promising(*, promises: bool) -> list[str]:
    if not promises:
        return []
    return [
        _("⚠️ The text calls something anonymous, while a confidential survey is open or being prepared. A confidential "
          "survey is not anonymous: if the text is about it, correct the word.")
    ]  # fmt: skip


def waiting_text(waiting: Sequence[Waiting], reader: Language, dates: LocalDates) -> str:
    """List what waits for a decision."""
    head = _("🖊 <b>What waits for your decision</b>")
    if not waiting:
        return "\n\n".join([head, _("Nothing: whatever others submit for approval will stand here.")])
    lines = [head]
    for place, one in enumerate(waiting[:MOST_WAITING], 1):
        if one.revision_id is not None:
            what = _("✏️ A correction of what is out")
        elif one.wanted_at is None:
            what = _("📣 An announcement, to go out at once")
        else:
            what = _("📣 An announcement, to go out: {moment}").format(moment=dates.moment(one.wanted_at, reader))
        lines += [f"\n<b>{place}.</b> {what}", excerpt(one.announcement, reader)]
    if len(waiting) > MOST_WAITING:
        lines.append(_("In all: {count}").format(count=len(waiting)))
    return "\n".join(lines)


def approved_text(announcement: Announcement, reader: Language, dates: LocalDates) -> str:
    """Say that an approval had its effect."""
    if announcement.stage is AnnouncementStage.SCHEDULED:
        return "\n".join([_("✅ Approved."), _scheduled(announcement, reader, dates)])
    return "\n".join([_("✅ Approved."), _("📨 The announcement is going out now.")])


def ask_reason_text() -> str:
    """Ask why it is sent back."""
    return _("↩️ What is to be changed? Type it in a few words; whoever wrote the announcement gets them.")


def sent_back_text() -> str:
    """Say that it was sent back."""
    return _("↩️ It is a draft again, and whoever wrote it has your words.")


def to_approve_text(announcement: Announcement, reader: Language) -> str:
    """Tell an approver that something waits."""
    lines = [_("🖊 <b>An announcement waits for your approval</b>"), excerpt(announcement, reader)]
    lines.append(_recipients(announcement.recipients, announcement))
    return "\n".join(lines)


def was_approved_text(announcement: Announcement, reader: Language, dates: LocalDates) -> str:
    """Tell whoever wrote it that it was approved."""
    lines = [_("✅ <b>Your announcement was approved</b>"), excerpt(announcement, reader)]
    if announcement.stage is AnnouncementStage.SCHEDULED:
        lines.append(_scheduled(announcement, reader, dates))
    return "\n".join(lines)


def was_returned_text(announcement: Announcement, reader: Language) -> str:
    """Tell whoever wrote it why it came back."""
    head = _("↩️ <b>Your announcement was sent back</b>")
    return "\n".join([head, excerpt(announcement, reader), *_returned(announcement)])


def _who(plan: SendingPlan) -> list[str]:
    if plan.recipients is None:
        return [_("Recipients: nobody was chosen yet"), *channel_lines(plan.channels)]
    return [_recipients(plan.recipients, plan.draft), *channel_lines(plan.channels)]


def _recipients(people: int, announcement: Announcement) -> str:
    """Say to how many people it goes, and in how many channels it stands; nobody counts who reads there."""
    line = _("Recipients: {count}").format(count=people)
    return f"{line} {channel_count(len(announcement.channels))}" if announcement.channels else line


def _channel_twin(twin: Twin, reader: Language, dates: LocalDates) -> str:
    if twin.sent_at is None:
        sentence = _(
            "⚠️ Another announcement with the same text is yet to stand in the same channel or group ({count}). Send "
            "this one as well?"
        )
        return sentence.format(count=twin.channels)
    sentence = _("⚠️ The same text stands in the same channel or group already ({count}): {moment}. Send it anyway?")
    return sentence.format(count=twin.channels, moment=dates.moment(twin.sent_at, reader))


def _how(announcement: Announcement, reader: Language, dates: LocalDates) -> list[str]:
    options = announcement.options
    lines = [_when(announcement, reader, dates)]
    if options.urgent:
        lines.append(_("🚨 Urgent: it comes in quiet hours, too"))
    if options.asks_reading:
        lines.append(_("📖 With the button “I have read it ✓”"))
    if options.is_public:
        lines.append(_("🌍 Everybody sees it in /announcements, guests too"))
    lines += [_stands_in(announcement, language) for language in Language if language not in announcement.texts]
    return [line for line in lines if line]


def _stands_in(announcement: Announcement, language: Language) -> str:
    if announcement.fallback not in announcement.texts:
        return _("⚠️ There is no text in this language: {language}").format(language=language_name(language))
    instead = text_for(announcement, language).language
    return _("{language}: gets the text in another language ({other})").format(
        language=language_name(language), other=language_name(instead)
    )


def _when(announcement: Announcement, reader: Language, dates: LocalDates) -> str:
    wanted = announcement.options.wanted_at
    if wanted is None:
        return _("🕓 When: at once")
    return _("🕓 When: {moment}").format(moment=dates.moment(wanted, reader))


def _scheduled(announcement: Announcement, reader: Language, dates: LocalDates) -> str:
    moment = dates.moment(announcement.due_at, reader)
    return _("🕓 It goes out by itself. When: {moment}").format(moment=moment)


def _approval(plan: SendingPlan) -> list[str]:
    if not plan.reasons:
        return [_("Nobody has to approve it.")]
    lines = [_why(reason, plan.above) for reason in plan.reasons]
    if not plan.approvers:
        lines.append(
            _("⚠️ There is no approver besides those who wrote it: ask an administrator to give somebody that role.")
        )
    return lines


def _why(reason: ApprovalReason, above: int | None = None) -> str:
    if reason is ApprovalReason.URGENT:
        return _("🖊 A second person must approve it, because it is urgent.")
    if reason is ApprovalReason.CHANNELS:
        return _("🖊 A second person must approve it, because nobody knows how many read a channel or a group.")
    if above is None:
        return _("🖊 A second person must approve it, because it goes to very many.")
    return _("🖊 A second person must approve it, because its recipients are more than {limit}.").format(limit=above)


def _stage_line(draft: Announcement) -> str:
    if draft.stage is AnnouncementStage.AWAITING_APPROVAL:
        return _("⏳ It waits for an approval now.")
    if draft.stage is AnnouncementStage.SCHEDULED:
        return _("✅ It waits for its time now.")
    if draft.stage is AnnouncementStage.PAUSED:
        return _("⏸ It is paused now.")
    return ""


def _returned(announcement: Announcement) -> list[str]:
    if not announcement.returned:
        return []
    return [_("↩️ Sent back by an approver: {reason}").format(reason=html.quote(announcement.returned))]

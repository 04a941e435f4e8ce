"""Refusals of announcements on their way out."""

from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.announce.keyboards import editors_desk_keyboard
from handlers.common.keyboards import back_to_menu_keyboard
from services.announcements.errors import (
    ApprovalNeeded,
    ApprovalStale,
    DueInPast,
    MomentUnreadable,
    NobodyApproves,
    NobodyElse,
    NobodyLeftOut,
    NobodyMeant,
    NotBegun,
    OwnAnnouncement,
    PreviewNotSeen,
    ReasonUnusable,
    SubmittedAlready,
)
from services.languages import Language


def _approval_needed(_refusal: ApprovalNeeded, _language: Language, _words: Words) -> str:
    return _(
        "By now so many would get it that a second person must approve it. Open it among the drafts and submit it for "
        "approval."
    )


def _due_in_past(refusal: DueInPast, language: Language, words: Words) -> str:
    sentence = _("This time is past already: {moment}. Choose another one, or send the announcement at once.")
    return sentence.format(moment=words.dates.moment(refusal.due_at, language))


def _moment_unreadable(_refusal: MomentUnreadable, _language: Language, _words: Words) -> str:
    return _("This is no day and time. Type for example: 25.11 14:30")


def _nobody_meant(_refusal: NobodyMeant, _language: Language, _words: Words) -> str:
    return _("Nobody would get it: the audience is nobody. Choose who gets it first.")


def _nobody_left_out(_refusal: NobodyLeftOut, _language: Language, _words: Words) -> str:
    return _("There is nobody left with whom it ended so.")


def _not_begun(_refusal: NotBegun, _language: Language, _words: Words) -> str:
    return _("This announcement has not gone out to anybody yet.")


def _submitted_already(_refusal: SubmittedAlready, _language: Language, _words: Words) -> str:
    return _("It was submitted already and waits. Take it back first if it is to be changed.")


def _nobody_approves(_refusal: NobodyApproves, _language: Language, _words: Words) -> str:
    return _(
        "A second person must approve it, and there is no approver besides those who wrote it. Ask an administrator to "
        "give somebody the role “approver”; nothing was sent."
    )


def _own_announcement(_refusal: OwnAnnouncement, _language: Language, _words: Words) -> str:
    return _("You wrote in this announcement or submitted it, so somebody else must approve it.")


def _approval_stale(_refusal: ApprovalStale, _language: Language, _words: Words) -> str:
    return _(
        "This announcement does not wait for an approval any more: it was changed since, taken back, or somebody has "
        "decided already. Nothing was done."
    )


def _preview_not_seen(_refusal: PreviewNotSeen, _language: Language, _words: Words) -> str:
    return _("The preview has not come to you yet. Look at it first, then approve.")


def _reason_unusable(refusal: ReasonUnusable, _language: Language, _words: Words) -> str:
    return _("Please say in a few words what is to be changed, in at most {limit} signs.").format(limit=refusal.limit)


def _nobody_else(_refusal: NobodyElse, _language: Language, _words: Words) -> str:
    return _("There is no other editor or approver to whom the preview could go.")


SENTENCES: Sentences = {
    ApprovalNeeded: _approval_needed,
    ApprovalStale: _approval_stale,
    DueInPast: _due_in_past,
    MomentUnreadable: _moment_unreadable,
    NobodyApproves: _nobody_approves,
    NobodyElse: _nobody_else,
    NobodyLeftOut: _nobody_left_out,
    NobodyMeant: _nobody_meant,
    NotBegun: _not_begun,
    OwnAnnouncement: _own_announcement,
    PreviewNotSeen: _preview_not_seen,
    ReasonUnusable: _reason_unusable,
    SubmittedAlready: _submitted_already,
}

_OF_APPROVERS = (ApprovalStale, OwnAnnouncement, PreviewNotSeen, ReasonUnusable)

KEYBOARDS: Keyboards = {
    **dict.fromkeys(SENTENCES, editors_desk_keyboard),
    **dict.fromkeys(_OF_APPROVERS, back_to_menu_keyboard),
}

"""Refusals of units' duties."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Keyboards, Sentences, Words
from handlers.plan.keyboards import draft_or_plan_keyboard, plan_keyboard
from services.duties.errors import (
    DayNotLater,
    DayTooFar,
    DutyChanged,
    DutyWordsNeeded,
    EvidenceForbidden,
    EvidenceTooLarge,
    EvidenceTooMuch,
    EvidenceWanted,
    ExtensionWaits,
    HeldInFuture,
    ItemOver,
    LinkUnusable,
    NoSuchColleague,
    NoSuchDuty,
    NoSuchEvidence,
    NotAtThisPoint,
    NumberUnusable,
    OnlyInformed,
    ReportLookedAt,
)
from services.languages import Language
from services.plans.dto import DutyState


def _no_such_duty(_refusal: NoSuchDuty, _language: Language, _words: Words) -> str:
    return _("The plan asks this of your unit no more. Open your list anew.")


def _changed(_refusal: DutyChanged, _language: Language, _words: Words) -> str:
    return _("This item was changed meanwhile. Open it anew and decide then.")


def _not_at_this_point(refusal: NotAtThisPoint, _language: Language, _words: Words) -> str:
    sentences = {
        DutyState.OPEN: _("Your unit has not accepted this yet, so this cannot be done. Open it anew."),
        DutyState.ACCEPTED: _("Your unit has accepted this already. Open it anew."),
        DutyState.DISPUTED: _("Your unit said that this is not its business; the coordinator has not decided yet."),
        DutyState.RELEASED: _("The coordinator agreed that this is not your unit’s business."),
        DutyState.REPORTED: _("Your unit has reported on this already; the coordinator has not looked at it yet."),
        DutyState.RETURNED: _("The report was returned; complete it and report again."),
        DutyState.DONE: _("This is done: the coordinator has accepted the report."),
    }
    return sentences[refusal.state]


def _only_informed(_refusal: OnlyInformed, _language: Language, _words: Words) -> str:
    return _("Your unit takes part in this and is only informed; the responsible units report.")


def _item_over(refusal: ItemOver, _language: Language, _words: Words) -> str:
    if refusal.reason:
        return _("This item was cancelled. Reason: {reason}").format(reason=html.quote(refusal.reason[:300]))
    return _("This item was cancelled, or its plan is closed; nothing more is taken.")


def _words_needed(refusal: DutyWordsNeeded, _language: Language, _words: Words) -> str:
    return _("Write it in words, at most {limit} signs.").format(limit=refusal.limit)


def _no_such_colleague(_refusal: NoSuchColleague, _language: Language, _words: Words) -> str:
    return _("This colleague holds no role in the unit any more. Choose another one.")


def _extension_waits(_refusal: ExtensionWaits, _language: Language, _words: Words) -> str:
    return _("Your unit has asked for another day already; the coordinator has not decided yet.")


def _day_not_later(refusal: DayNotLater, language: Language, words: Words) -> str:
    return _("The day must be later than this one: {date}").format(date=words.dates.date(refusal.after, language))


def _day_too_far(refusal: DayTooFar, language: Language, words: Words) -> str:
    return _("The day must not be later than this one: {date}").format(date=words.dates.date(refusal.last, language))


def _held_in_future(_refusal: HeldInFuture, _language: Language, _words: Words) -> str:
    return _("It cannot have been held on that day: write a day that has come, within the last two years.")


def _number_unusable(refusal: NumberUnusable, _language: Language, _words: Words) -> str:
    return _("Write a whole number from {least} to {most}.").format(least=refusal.least, most=refusal.most)


def _evidence_forbidden(_refusal: EvidenceForbidden, _language: Language, _words: Words) -> str:
    return _(
        "Files of this type are not taken, whatever their name. Send PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, TXT, CSV or "
        "a picture (JPEG, PNG, WEBP, HEIC), or a link. Save an old document as PDF; files with macros and archives are "
        "not taken."
    )


def _evidence_too_large(refusal: EvidenceTooLarge, _language: Language, _words: Words) -> str:
    return _("This is too large: at most {limit} MB. Put it where others can open it and send the link.").format(
        limit=refusal.limit_megabytes
    )


def _evidence_too_much(refusal: EvidenceTooMuch, _language: Language, _words: Words) -> str:
    return _("A report holds at most {limit} files, photos and links. Put the rest where one link opens it.").format(
        limit=refusal.limit
    )


def _link_unusable(_refusal: LinkUnusable, _language: Language, _words: Words) -> str:
    return _("This is no link that can be opened. It begins with https:// or http:// and has no spaces.")


def _evidence_wanted(_refusal: EvidenceWanted, _language: Language, _words: Words) -> str:
    return _("The plan asks for a document here; put it beside the report, or say that you report without.")


def _no_such_evidence(_refusal: NoSuchEvidence, _language: Language, _words: Words) -> str:
    return _("This file is not there any more: the report was withdrawn.")


def _report_looked_at(_refusal: ReportLookedAt, _language: Language, _words: Words) -> str:
    return _("This report was decided or withdrawn before. Open the item anew.")


SENTENCES: Sentences = {
    DayNotLater: _day_not_later,
    DayTooFar: _day_too_far,
    DutyChanged: _changed,
    DutyWordsNeeded: _words_needed,
    EvidenceForbidden: _evidence_forbidden,
    EvidenceTooLarge: _evidence_too_large,
    EvidenceTooMuch: _evidence_too_much,
    EvidenceWanted: _evidence_wanted,
    ExtensionWaits: _extension_waits,
    HeldInFuture: _held_in_future,
    ItemOver: _item_over,
    LinkUnusable: _link_unusable,
    NoSuchColleague: _no_such_colleague,
    NoSuchDuty: _no_such_duty,
    NoSuchEvidence: _no_such_evidence,
    NotAtThisPoint: _not_at_this_point,
    NumberUnusable: _number_unusable,
    OnlyInformed: _only_informed,
    ReportLookedAt: _report_looked_at,
}
KEYBOARDS: Keyboards = {
    EvidenceForbidden: draft_or_plan_keyboard,
    EvidenceTooLarge: draft_or_plan_keyboard,
    EvidenceTooMuch: draft_or_plan_keyboard,
    HeldInFuture: draft_or_plan_keyboard,
    LinkUnusable: draft_or_plan_keyboard,
    NumberUnusable: draft_or_plan_keyboard,
    ItemOver: plan_keyboard,
    NoSuchDuty: plan_keyboard,
    NotAtThisPoint: plan_keyboard,
    DutyWordsNeeded: plan_keyboard,
    ExtensionWaits: plan_keyboard,
    DayNotLater: plan_keyboard,
    DayTooFar: plan_keyboard,
}

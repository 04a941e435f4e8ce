"""Keyboards of this feature."""

from collections.abc import Mapping, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.batches.callbacks import (
    BeginBatch,
    CancelBatch,
    LeaveBatchValue,
    OpenBatch,
    PickBatchKind,
    PickBatchLanguage,
    PickBatchValue,
    SwitchBatchSending,
    TakeArchive,
)
from handlers.common.callbacks import Place, WholeGroup
from handlers.common.keyboards import menu_button, place_button
from handlers.common.languages import language_name
from handlers.common.reader import Reader
from services.batches.dto import Batch, BatchPlan, BatchState
from services.certificates.dto import CertificateKind, FactRule, FactType
from services.languages import Language

_LONGEST_BUTTON = 60
_MARKS: Mapping[BatchState, str] = {BatchState.OPEN: "⏳", BatchState.DONE: "✅", BatchState.CANCELLED: "✖️"}


def overview_keyboard(
    kinds: Sequence[CertificateKind], recent: Sequence[Batch], reader: Language
) -> InlineKeyboardMarkup:
    """Offer the kinds of the desk, and what was begun lately."""
    rows = [[_button(kind.name.get(reader), PickBatchKind(kind=kind.id))] for kind in kinds]
    names = {kind.id: kind.name.get(reader) for kind in kinds}
    for batch in recent:
        label = (
            f"{_MARKS[batch.state]} {batch.title}, {batch.printed}/{batch.rows}: {names.get(batch.kind, batch.kind)}"
        )
        rows.append([_button(label, OpenBatch(batch_id=batch.id))])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [place_button(_("🗂 Desks"), Place.DESKS), menu_button()]])


def languages_keyboard(kind: CertificateKind) -> InlineKeyboardMarkup:
    """Offer the languages of a kind."""
    rows = [
        [_button(language_name(language), PickBatchLanguage(kind=kind.id, language=language))]
        for language in kind.languages
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _ways_back(kind)])


def back_keyboard(kind: CertificateKind) -> InlineKeyboardMarkup:
    """Offer the way back to the beginning."""
    return InlineKeyboardMarkup(inline_keyboard=[_ways_back(kind)])


def question_keyboard(
    kind: CertificateKind, rule: FactRule, reader: Reader, *, may_differ: bool
) -> InlineKeyboardMarkup:
    """Offer the words of a closed list, and to leave the question empty. `may_differ`: a list has values of its own."""
    question = kind.facts.index(rule)
    rows = []
    if rule.type is FactType.CHOICE:
        rows = [
            [
                _button(
                    reader.words.choice(kind.id, rule.name, key, reader.language),
                    PickBatchValue(question=question, choice=choice),
                )
            ]
            for choice, key in enumerate(rule.choices)
        ]
    empty = _("Different for each: leave empty") if may_differ else _("Leave empty")
    rows.append([_button(empty, LeaveBatchValue(question=question))])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _ways_back(kind)])


def review_keyboard(plan: BatchPlan, *, send: bool) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    rows, ready = [], len(plan.ready)
    if ready:
        label = ngettext("✅ Issue {count} certificate", "✅ Issue {count} certificates", ready).format(count=ready)
        switch = _("☑️ Send to each in the chat") if send else _("⬜️ Send to each in the chat")
        rows = [
            [_button(label, BeginBatch(mark=plan.mark))],
            [_button(switch, SwitchBatchSending(mark=plan.mark))],
        ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _ways_back(plan.kind)])


def batch_keyboard(batch: Batch) -> InlineKeyboardMarkup:
    """Offer to look again, the archive, to stop."""
    rows = []
    if not batch.is_complete:
        rows.append([_button(_("🔄 Refresh"), OpenBatch(batch_id=batch.id))])
    if batch.is_complete and batch.printed:
        rows.append([_button(_("📦 Get the archive"), TakeArchive(batch_id=batch.id))])
    if batch.state is BatchState.OPEN:
        rows.append([_button(_("✖️ Stop here"), CancelBatch(batch_id=batch.id, sure=False))])
    back = _button(_("← Back"), WholeGroup(desk=batch.desk))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [back, menu_button()]])


def cancel_keyboard(batch: Batch) -> InlineKeyboardMarkup:
    """Ask whether to stop."""
    sure = _button(_("✖️ Yes, stop here"), CancelBatch(batch_id=batch.id, sure=True))
    back = _button(_("← Back"), OpenBatch(batch_id=batch.id))
    return InlineKeyboardMarkup(inline_keyboard=[[sure], [back, menu_button()]])


def begin_anew_keyboard() -> InlineKeyboardMarkup:
    """Lead somebody with an old button to the desks."""
    return InlineKeyboardMarkup(inline_keyboard=[[place_button(_("🗂 Desks"), Place.DESKS), menu_button()]])


def _ways_back(kind: CertificateKind) -> list[InlineKeyboardButton]:
    return [_button(_("← Back"), WholeGroup(desk=kind.desk)), menu_button()]


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    label = text if len(text) <= _LONGEST_BUTTON else text[: _LONGEST_BUTTON - 1] + "…"
    return InlineKeyboardButton(text=label, callback_data=data.pack())

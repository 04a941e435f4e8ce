"""Keyboards of decisions."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import OpenEvidence, OpenPlanItem
from handlers.common.plan_words import unit_name
from handlers.common.reader import Reader
from handlers.plan_desk.callbacks import AgreeTo, GiveTo, ListDecisions, OpenDecision, TypeAbout, Wording
from handlers.plan_desk.decision_texts import marks
from handlers.plan_desk.words import button, cut, end, markup, name_of
from services.duties.evidence_dto import EvidenceKind
from services.plan_desk.dto import DecisionCard, DecisionKey, DecisionKind, WaitingPage
from services.plans.dto import NamedUnit

_EVIDENCE = 10


def waiting_keyboard(page: WaitingPage, reader: Reader) -> InlineKeyboardMarkup:
    """Offer what waits, and to look at one kind only."""
    signs = {kind: word.partition(" ")[0] for kind, word in marks().items()}
    rows = [
        [
            button(
                f"{signs[line.key.kind]} {cut(name_of(line.unit_code, page.units, reader), 18)}: {line.title}",
                _opens(line.key),
            )
        ]
        for line in page.lines
    ]
    kinds = [kind for kind in DecisionKind if page.counts.get(kind) and kind is not page.kind]
    filters = [button(f"{signs[kind]} {page.counts[kind]}", ListDecisions(kind=kind.value)) for kind in kinds]
    if page.kind is not None:
        filters.append(button(_("All: {count}").format(count=page.total), ListDecisions()))
    chosen = page.kind.value if page.kind else ""
    turns: list[InlineKeyboardButton] = []
    if page.page > 0:
        turns.append(button("◀️", ListDecisions(kind=chosen, page=page.page - 1)))
    if page.page + 1 < page.pages:
        turns.append(button("▶️", ListDecisions(kind=chosen, page=page.page + 1)))
    return markup(*rows, turns, filters if len(kinds) > 1 or page.kind else [], end())


def decision_keyboard(card: DecisionCard) -> InlineKeyboardMarkup:
    """Offer what can be decided."""
    key = card.asked.key
    known = {"kind": key.kind, "id": key.id, "version": key.version}
    back_words = {
        DecisionKind.REPORT: _("↩️ Return with a comment"),
        DecisionKind.EXTENSION: _("✖️ Refuse with a comment"),
        DecisionKind.DISPUTE: _("✖️ It is the unit’s business"),
    }
    agree_words = {
        DecisionKind.REPORT: _("✅ Accept"),
        DecisionKind.EXTENSION: _("✅ Grant as asked"),
        DecisionKind.DISPUTE: _("✅ Release the unit"),
    }
    rows = [[button(agree_words[key.kind], AgreeTo(**known))]]
    if key.kind is DecisionKind.EXTENSION:
        rows.append([button(_("📅 Grant another day"), TypeAbout(**known, wording=Wording.DAY))])
    if key.kind is DecisionKind.DISPUTE:
        rows.append([button(_("➡️ Give it to another unit"), TypeAbout(**known, wording=Wording.UNIT))])
    rows.append([button(back_words[key.kind], TypeAbout(**known, wording=Wording.COMMENT))])
    rows.append([button(_("📄 The whole item"), OpenPlanItem(item_id=card.item.id))])
    return markup(*_evidence(card), *rows, [button(_("← What waits"), ListDecisions())], end())


def question_keyboard(key: DecisionKey) -> InlineKeyboardMarkup:
    """Offer the way back from a question about a decision."""
    return markup([button(_("← Back"), _opens(key))])


def units_keyboard(key: DecisionKey, units: Sequence[NamedUnit], reader: Reader) -> InlineKeyboardMarkup:
    """Offer the units that were found."""
    rows = [
        [button(unit_name(unit, reader.language), GiveTo(id=key.id, version=key.version, unit_id=unit.id))]
        for unit in units
    ]
    return markup(*rows, [button(_("← Back"), _opens(key))])


def waiting_button_keyboard() -> InlineKeyboardMarkup:
    """Offer what waits."""
    return markup([button(_("← What waits"), ListDecisions())], end())


def _evidence(card: DecisionCard) -> list[list[InlineKeyboardButton]]:
    if card.report is None:
        return []
    files = [one for one in card.report.evidence if one.kind is not EvidenceKind.LINK]
    return [[button(f"📎 {one.label}", OpenEvidence(evidence_id=one.id))] for one in files[:_EVIDENCE]]


def _opens(key: DecisionKey) -> OpenDecision:
    return OpenDecision(kind=key.kind, id=key.id, version=key.version)

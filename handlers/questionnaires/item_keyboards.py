"""Keyboards of a question that is being written."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.forms import mark_of
from handlers.common.reader import Reader
from handlers.questionnaires.callbacks import CHAIN, Do, Look, Put, PutIntoDraft, spot_of
from handlers.questionnaires.draft_keyboards import ask, change, look, to_draft_button
from handlers.questionnaires.item_texts import good_name
from handlers.questionnaires.topics import topic_name
from handlers.questionnaires.words import (
    Row,
    button,
    labels_of,
    markup,
    read_in,
    scale_name,
    ticked,
    type_name,
    wording_of,
)
from services.questionnaires.answers import WITH_POINTS
from services.questionnaires.draft_dto import Bank, BankItem, Draft
from services.questionnaires.dto import Good, Item, ItemType, Scale
from services.questionnaires.edits import Field, item_at
from services.questionnaires.joining import can_lead, index_at, shown_for, values_of

TYPES = tuple(ItemType)
GOODS = (None, Good.HIGH, Good.LOW)
_SCORED = frozenset({ItemType.SCALE, ItemType.MATRIX})
_LEADING_VALUES = 1_000


def put(draft: Draft, what: Put, place: int = 0, value: int = 0) -> PutIntoDraft:
    """Return what puts something into a draft."""
    return PutIntoDraft(draft_id=draft.id, put=what, spot=spot_of(draft.version, place, value))


def item_keyboard(draft: Draft, place: int) -> InlineKeyboardMarkup:
    """Offer everything that can be done with a question."""
    item = item_at(draft.questionnaire, place)
    return markup(
        [button(_("✏️ Text"), ask(draft, Field.TEXT, place, CHAIN)), *_hint(draft, item, place)],
        _lines(draft, item, place),
        [button(_("📏 Scale"), look(draft, Look.SCALES, place, 1))] if item.type in WITH_POINTS else [],
        *_scoring(draft, item, place),
        [
            button(_("👁 Shown after …"), look(draft, Look.LEADERS, place)),
            button(_("🏷 Topic"), look(draft, Look.TOPICS, place)),
        ],
        [
            button("⬆️", change(draft, Do.UP, place)),
            button("⬇️", change(draft, Do.DOWN, place)),
            button(_("🗑 Remove"), change(draft, Do.REMOVE, place)),
        ],
        [button(_("➕ Question"), look(draft, Look.WAYS)), to_draft_button(draft)],
    )


def ways_keyboard(draft: Draft) -> InlineKeyboardMarkup:
    """Offer the library and a new question."""
    return markup(
        [button(_("📚 From the library"), look(draft, Look.BANK))],
        [button(_("✏️ A new one"), look(draft, Look.TYPES))],
        [to_draft_button(draft)],
    )


def types_keyboard(draft: Draft) -> InlineKeyboardMarkup:
    """Offer how a question is answered."""
    rows: list[Row] = []
    for number, kind in enumerate(TYPES):
        data = look(draft, Look.SCALES, 0, (number + 1) * 10) if kind in WITH_POINTS else put(draft, Put.NEW, number)
        rows.append([button(type_name(kind), data)])
    return markup(*rows, [to_draft_button(draft)])


def scales_keyboard(
    draft: Draft, scales: Sequence[Scale], place: int, kind: int | None, reader: Reader
) -> InlineKeyboardMarkup:
    """Offer scales: of a new question of a type (its number), or of the one of a place."""
    rows: list[Row] = []
    for number, scale in enumerate(scales):
        data = put(draft, Put.SCALE, place, number) if kind is None else put(draft, Put.NEW_SCALED, kind, number)
        rows.append([button(scale_name(scale, reader.language), data)])
    return markup(*rows, [to_draft_button(draft)])


def topics_keyboard(draft: Draft, topics: Sequence[str], place: int) -> InlineKeyboardMarkup:
    """Offer known topics, and to write one."""
    buttons = [button(topic_name(topic), put(draft, Put.TOPIC, place, mark_of(topic))) for topic in topics]
    return markup(
        *_in_pairs(buttons), [button(_("✏️ Another topic"), ask(draft, Field.TOPIC, place))], [to_draft_button(draft)]
    )


def bank_keyboard(draft: Draft, bank: Bank) -> InlineKeyboardMarkup:
    """Offer the topics of the library."""
    buttons = [
        button(f"{topic_name(topic)} ({len(items)})", look(draft, Look.BANK_TOPIC, 0, mark_of(topic)))
        for topic, items in bank.items()
    ]
    return markup(*_in_pairs(buttons), [button(_("✏️ A new one"), look(draft, Look.TYPES)), to_draft_button(draft)])


def bank_topic_keyboard(draft: Draft, items: Sequence[BankItem], reader: Reader) -> InlineKeyboardMarkup:
    """Offer the questions of a topic."""
    rows = [
        [button(f"{number}. {wording_of(one.item, reader.language)}", put(draft, Put.KNOWN, one.place, one.edition_id))]
        for number, one in enumerate(items, 1)
    ]
    return markup(*rows, [button(_("← Topics"), look(draft, Look.BANK)), to_draft_button(draft)])


def most_keyboard(draft: Draft, place: int) -> InlineKeyboardMarkup:
    """Offer how many choices can be ticked."""
    item = item_at(draft.questionnaire, place)
    together = sum(not choice.exclusive for choice in item.choices)
    numbers = [
        button(ticked(str(most), on=most == item.most), change(draft, Do.MOST, place, most))
        for most in range(2, together)
    ]
    every = button(ticked(_("any number"), on=not item.most), change(draft, Do.MOST, place, 0))
    return markup(*_in_rows(numbers, 4), [every], [_item_button(draft, place)])


def exclusive_keyboard(draft: Draft, place: int, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the choices."""
    rows = [
        [
            button(
                ticked(read_in(choice.text, reader.language) or choice.code, on=choice.exclusive),
                change(draft, Do.EXCLUSIVE, place, number),
            )
        ]
        for number, choice in enumerate(item_at(draft.questionnaire, place).choices)
    ]
    return markup(*rows, [_item_button(draft, place)])


def leaders_keyboard(draft: Draft, place: int, leaders: Sequence[int], reader: Reader) -> InlineKeyboardMarkup:
    """Offer the earlier questions that can decide."""
    items = draft.questionnaire.items
    rows = [
        [
            button(
                f"{leader + 1}. {wording_of(items[leader], reader.language)}",
                look(draft, Look.VALUES, place, leader),
            )
        ]
        for leader in leaders
    ]
    always = ticked(_("always shown"), on=item_at(draft.questionnaire, place).skip is None)
    return markup([button(always, change(draft, Do.SHOWN_ALWAYS, place))], *rows, [_item_button(draft, place)])


def values_keyboard(draft: Draft, place: int, leading: int, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the answers of the earlier question."""
    item, earlier = item_at(draft.questionnaire, place), item_at(draft.questionnaire, leading)
    shown, labels = shown_for(item, earlier), labels_of(earlier, reader.language)
    rows = [
        [button(ticked(label, on=value in shown), change(draft, Do.SHOWN, place, leading * _LEADING_VALUES + number))]
        for number, (value, label) in enumerate(zip(values_of(earlier), labels, strict=True))
    ]
    return markup(*rows, [_item_button(draft, place)])


def leaders_of(draft: Draft, place: int) -> list[int]:
    """Return the places of the questions that can decide whether another one is shown."""
    return [number for number, item in enumerate(draft.questionnaire.items[:place]) if can_lead(item)]


def leading_of(value: int) -> tuple[int, int]:
    """Return the place of the earlier question and the number of its answer that a button means."""
    return divmod(value, _LEADING_VALUES)


def indices_keyboard(draft: Draft, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the indices."""
    rows = [
        [button(f"{place + 1}. {read_in(index.title, reader.language) or '—'}", look(draft, Look.INDEX, place))]
        for place, index in enumerate(draft.questionnaire.indices)
    ]
    return markup(*rows, [button(_("➕ Index"), change(draft, Do.INDEX_ADD))], [to_draft_button(draft)])


def index_keyboard(draft: Draft, place: int, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the scored questions, the title, and to remove the index."""
    chosen = index_at(draft.questionnaire, place).items
    rows = [
        [
            button(
                ticked(f"{number + 1}. {wording_of(item, reader.language)}", on=item.code in chosen),
                change(draft, Do.INDEX_ITEM, place, number),
            )
        ]
        for number, item in enumerate(draft.questionnaire.items)
        if item.good is not None
    ]
    return markup(
        *rows,
        [
            button(_("✏️ Title"), ask(draft, Field.INDEX, place, CHAIN)),
            button(_("🗑 Remove"), change(draft, Do.INDEX_OFF, place)),
        ],
        [button(_("← Indices"), look(draft, Look.INDICES)), to_draft_button(draft)],
    )


def _hint(draft: Draft, item: Item, place: int) -> Row:
    row = [button(_("✏️ Hint"), ask(draft, Field.HINT, place, CHAIN))]
    return row if item.hint is None else [*row, button(_("✖️ Hint"), change(draft, Do.HINT_OFF, place))]


def _lines(draft: Draft, item: Item, place: int) -> Row:
    if item.type is ItemType.MATRIX:
        return [button(_("✏️ Lines"), ask(draft, Field.CHOICES, place, CHAIN))]
    if item.type not in {ItemType.SINGLE, ItemType.MULTI}:
        return []
    row = [button(_("✏️ Choices"), ask(draft, Field.CHOICES, place, CHAIN))]
    if item.type is ItemType.MULTI and item.choices:
        row += [button(_("🔢 At most"), look(draft, Look.MOST, place))]
        row += [button(_("☝️ Alone"), look(draft, Look.EXCLUSIVE, place))]
    return row


def _scoring(draft: Draft, item: Item, place: int) -> list[Row]:
    rows: list[Row] = []
    if item.type in _SCORED:
        rows += [
            [button(ticked(good_name(good), on=good is item.good), change(draft, Do.GOOD, place, number))]
            for number, good in enumerate(GOODS)
        ]
    if item.type not in {ItemType.TEXT, ItemType.ROUTE}:
        label = ticked(_("“I don't know” is offered"), on=item.dont_know)
        rows.append([button(label, change(draft, Do.DONT_KNOW, place, int(not item.dont_know)))])
    return rows


def _item_button(draft: Draft, place: int) -> InlineKeyboardButton:
    return button(_("← To the question"), look(draft, Look.ITEM, place))


def _in_pairs(buttons: Row) -> list[Row]:
    return _in_rows(buttons, 2)


def _in_rows(buttons: Row, width: int) -> list[Row]:
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]

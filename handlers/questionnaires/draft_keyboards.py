"""Keyboards of a questionnaire that is being written."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.keyboards import menu_button
from handlers.common.languages import OWN_NAMES
from handlers.common.questionnaire_words import mode_name
from handlers.common.reader import Reader
from handlers.questionnaires.callbacks import (
    CHAIN,
    LANGUAGES,
    AskWords,
    ChangeDraft,
    DeleteDraft,
    Do,
    FinishDraft,
    Look,
    LookAtDraft,
    PreviewDraft,
    spot_of,
)
from handlers.questionnaires.draft_texts import PAGE
from handlers.questionnaires.words import (
    Row,
    button,
    library_button,
    markup,
    ticked,
    wording_of,
)
from services.questionnaires.draft_dto import Draft
from services.questionnaires.dto import ItemType, SurveyMode
from services.questionnaires.edits import Field, item_at

_WITH_LINES = frozenset({ItemType.SINGLE, ItemType.MULTI, ItemType.MATRIX})


def look(draft: Draft, screen: Look, place: int = 0, value: int = 0) -> LookAtDraft:
    """Return what opens a screen of a draft."""
    return LookAtDraft(draft_id=draft.id, look=screen, spot=spot_of(draft.version, place, value))


def change(draft: Draft, do: Do, place: int = 0, value: int = 0) -> ChangeDraft:
    """Return what changes a draft."""
    return ChangeDraft(draft_id=draft.id, do=do, spot=spot_of(draft.version, place, value))


def ask(draft: Draft, field: Field, place: int = 0, value: int = 0) -> AskWords:
    """Return what asks for a text; `value`: as AskWords has it."""
    return AskWords(draft_id=draft.id, field=field, spot=spot_of(draft.version, place, value))


def card_keyboard(draft: Draft, page: int, reader: Reader) -> InlineKeyboardMarkup:
    """Offer the questions of a page, and everything else of the draft."""
    items = draft.questionnaire.items
    first = page * PAGE
    rows = [
        [button(f"{place + 1}. {wording_of(items[place], reader.language)}", look(draft, Look.ITEM, place))]
        for place in range(first, min(first + PAGE, len(items)))
    ]
    turns = [button("←", look(draft, Look.CARD, page - 1))] if page else []
    turns += [button("→", look(draft, Look.CARD, page + 1))] if first + PAGE < len(items) else []
    preview = PreviewDraft(draft_id=draft.id, spot=spot_of(draft.version, 0, LANGUAGES.index(reader.language)))
    return markup(
        *rows,
        turns,
        [button(_("➕ Question"), look(draft, Look.WAYS)), button(_("🧮 Indices"), look(draft, Look.INDICES))],
        [
            button(_("✏️ Title"), ask(draft, Field.TITLE, value=CHAIN)),
            button(_("⚙️ Settings"), look(draft, Look.SETTINGS)),
        ],
        [button(_("👁 See it as respondents do"), preview)] if items else [],
        [button(_("✅ Finish"), look(draft, Look.FINISH))] if not draft.faults else [],
        [button(_("🗑 Delete the draft"), look(draft, Look.DELETE))],
        [library_button(), menu_button()],
    )


def settings_keyboard(draft: Draft) -> InlineKeyboardMarkup:
    """Offer everything that is set for the whole."""
    asked = draft.questionnaire
    modes: list[Row] = [
        [button(ticked(mode_name(mode), on=mode is asked.mode), change(draft, Do.MODE, value=number))]
        for number, mode in enumerate(SurveyMode)
    ]
    has_period = asked.period is not None
    period = change(draft, Do.PERIOD, value=0 if has_period else 1)
    return markup(
        *modes,
        [button(ticked(_("names the semester asked about"), on=has_period), period)],
        [button(_("✏️ Title"), ask(draft, Field.TITLE, value=CHAIN)), button(_("✏️ Long title"), _long(draft))],
        [button(_("✏️ Minutes"), ask(draft, Field.MINUTES)), button(_("✏️ Code"), ask(draft, Field.CODE))],
        [to_draft_button(draft), menu_button()],
    )


def question_keyboard(draft: Draft, asked: AskWords) -> InlineKeyboardMarkup:
    """Offer the other languages, to skip this text, and the way out."""
    rows: list[Row] = []
    if asked.field in {Field.CODE, Field.MINUTES, Field.TOPIC}:
        return markup([_back(draft, asked)], [menu_button()])
    if asked.goes_on:
        following = next_words(draft, asked)
        rows.append([button(_("Skip, later →"), following)] if following else [])
    else:
        others = [one for one in LANGUAGES if one is not asked.language]
        rows.append(
            [button(OWN_NAMES[one], ask(draft, asked.field, asked.place, LANGUAGES.index(one))) for one in others]
        )
    return markup(*rows, [_back(draft, asked), menu_button()])


def next_words(draft: Draft, asked: AskWords) -> AskWords | None:
    """Return what is asked for after a text of a chain; None: it was the last one."""
    number = LANGUAGES.index(asked.language) + 1
    if number < len(LANGUAGES):
        return ask(draft, asked.field, asked.place, CHAIN + number)
    if asked.field is Field.TEXT and item_at(draft.questionnaire, asked.place).type in _WITH_LINES:
        return ask(draft, Field.CHOICES, asked.place, CHAIN)
    return None


def after_words(asked: AskWords) -> Look:
    """Return the screen that shows what was written."""
    if asked.field in {Field.TEXT, Field.HINT, Field.CHOICES, Field.TOPIC}:
        return Look.ITEM
    if asked.field is Field.INDEX:
        return Look.INDEX
    return Look.CARD if asked.field is Field.TITLE else Look.SETTINGS


def delete_keyboard(draft: Draft) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    yes = DeleteDraft(draft_id=draft.id, spot=spot_of(draft.version))
    return markup([button(_("🗑 Yes, delete"), yes)], [to_draft_button(draft)])


def finish_keyboard(draft: Draft, reader: Reader) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    yes = FinishDraft(draft_id=draft.id, spot=spot_of(draft.version))
    preview = PreviewDraft(draft_id=draft.id, spot=spot_of(draft.version, 0, LANGUAGES.index(reader.language)))
    return markup(
        [button(_("✅ Yes, finish"), yes)] if not draft.faults else [],
        [button(_("👁 See it as respondents do"), preview)],
        [to_draft_button(draft)],
    )


def to_draft_button(draft: Draft) -> InlineKeyboardButton:
    """Return the way back to the draft."""
    return button(_("← To the draft"), look(draft, Look.CARD))


def _long(draft: Draft) -> AskWords:
    return ask(draft, Field.LONG_TITLE, value=CHAIN)


def _back(draft: Draft, asked: AskWords) -> InlineKeyboardButton:
    return button(_("← Back"), look(draft, after_words(asked), asked.place))

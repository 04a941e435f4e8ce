"""Buttons of the editors' desk."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.announce.callbacks import (
    BeginDraft,
    Categorise,
    NameFallback,
    OpenPart,
    Part,
    RemovePart,
    RemoveText,
    SkipText,
    TakePost,
    ThrowAway,
    TurnDesk,
    WriteAbout,
    WriteText,
)
from handlers.announce.card_texts import title_of
from handlers.announce.forms import Asked
from handlers.common.callbacks import (
    ListSent,
    ListWaiting,
    OpenAudience,
    OpenDraft,
    OpenEditorsDesk,
    OpenSending,
    OpenTotals,
)
from handlers.common.categories import category_name
from handlers.common.keyboards import menu_button
from handlers.common.languages import OWN_NAMES, language_name
from handlers.common.roles import unit_name
from services.announcements.dto import Category
from services.announcements.wording import missing_texts
from services.announcements.writing_dto import ANY_VOICE, WHOLE, DraftView, EditorsDesk, number_of_group
from services.languages import Language

_MOST_VOICES = 30  # three buttons for each fit under a message


def editors_desk_keyboard() -> InlineKeyboardMarkup:
    """Lead to the drafts."""
    return _rows([_button(_("📝 Drafts of announcements"), OpenEditorsDesk())])


def desk_keyboard(desk: EditorsDesk, reader: Language) -> InlineKeyboardMarkup:
    """Offer a new draft, and those that there are."""
    drafts = [
        [_button(f"{place}. {title_of(view.announcement, reader)}", OpenDraft(draft_id=view.announcement.id))]
        for place, view in enumerate(desk.drafts, 1)
    ]
    if turns := _turns(desk):
        drafts.append(turns)
    waiting = [] if desk.waiting is None else [[_button(_waiting(desk.waiting), ListWaiting())]]
    if not desk.voices:
        return _rows(*waiting, [menu_button()])
    out = [_button(_("📤 Sent lately"), ListSent()), _button(_("📊 Statistics"), OpenTotals())]
    new = _button(_("✍️ New announcement"), BeginDraft(voice=ANY_VOICE))
    return _rows(*waiting, [new], *drafts, out, [menu_button()])


def _turns(desk: EditorsDesk) -> list[InlineKeyboardButton]:
    back = [_button(_("← Newer"), TurnDesk(page=desk.page - 1))] if desk.page else []
    on = [_button(_("Older →"), TurnDesk(page=desk.page + 1))] if desk.has_more else []
    return back + on


def voices_keyboard(desk: EditorsDesk, reader: Language) -> InlineKeyboardMarkup:
    """Offer in whose names one may write."""
    rows = [[_button(name, BeginDraft(voice=number))] for number, name in _voices(desk, reader)]
    return _rows(*rows, [_desk_button(), menu_button()])


def card_keyboard(view: DraftView) -> InlineKeyboardMarkup:
    """Offer everything that can be done with a draft."""
    draft, content = view.announcement, view.announcement.content
    texts = [
        _button(f"{'✏️' if language in content.texts else '➕'} {OWN_NAMES[language]}",
                WriteText(draft_id=draft.id, language=language))
        for language in Language
    ]  # fmt: skip
    rows = [texts]
    if content.texts and missing_texts(content):
        rows.append([_button(_("🌐 For those without a text"), OpenPart(draft_id=draft.id, part=Part.FALLBACK))])
    rows += [
        [
            _button(_("📎 Photo or document"), OpenPart(draft_id=draft.id, part=Part.FILE)),
            _button(_("🔗 Links"), OpenPart(draft_id=draft.id, part=Part.LINKS)),
        ],
        [
            _button(_("🏷 Category"), OpenPart(draft_id=draft.id, part=Part.CATEGORY)),
            *([_button(_("👥 Who gets it"), OpenAudience(draft_id=draft.id))] if draft.group_name is None else []),
        ],
        [_button(_("👁 Preview and send"), OpenSending(draft_id=draft.id))],
        [_button(_("🗑 Throw away"), ThrowAway(draft_id=draft.id, version=draft.version, sure=False))],
        [_desk_button(), menu_button()],
    ]
    return _rows(*rows)


def text_keyboard(asked: Asked, *, can_be_removed: bool = False) -> InlineKeyboardMarkup:
    """Offer to go on without the text, to take it away, or to leave."""
    rows = []
    if can_be_removed:
        removal = RemoveText(draft_id=asked.draft_id, version=asked.version, language=asked.language)
        rows.append([_button(_("🗑 Remove this text"), removal)])
    else:
        rows.append([_button(_("Skip →"), SkipText(language=asked.language))])
    return _rows(*rows, [_way_back(asked.draft_id)])


def part_keyboard(view: DraftView, part: Part, *, removable: bool) -> InlineKeyboardMarkup:
    """Offer to take a part away, or to leave it as it is."""
    shown = view.shown
    removal = _button(_("🗑 Remove"), RemovePart(draft_id=shown.id, version=shown.version, part=part))
    return _rows(*([[removal]] if removable else []), [_way_back(shown.id)])


def categories_keyboard(view: DraftView) -> InlineKeyboardMarkup:
    """Offer the categories."""
    shown = view.shown
    rows = [
        [_button(category_name(category), Categorise(draft_id=shown.id, version=shown.version, category=category))]
        for category in Category
    ]
    return _rows(*rows, [_way_back(shown.id)])


def fallback_keyboard(view: DraftView) -> InlineKeyboardMarkup:
    """Offer the texts that can stand in for others; where one does, the lines that say what it is about."""
    shown, content = view.shown, view.announcement.content
    rows = [
        [_button(_mark(language is content.fallback) + language_name(language),
                 NameFallback(draft_id=shown.id, version=shown.version, language=language))]
        for language in Language
        if language in content.texts
    ]  # fmt: skip
    if content.fallback is not None:
        for language in missing_texts(content):
            label = _("✏️ What it is about, in: {language}").format(language=language_name(language))
            rows.append([_button(label, WriteAbout(draft_id=shown.id, language=language))])
    return _rows(*rows, [_way_back(shown.id)])


def throw_away_keyboard(draft_id: int, version: int) -> InlineKeyboardMarkup:
    """Ask once more."""
    yes = _button(_("🗑 Yes, throw it away"), ThrowAway(draft_id=draft_id, version=version, sure=True))
    return _rows([yes], [_way_back(draft_id)])


def way_back_keyboard(draft_id: int) -> InlineKeyboardMarkup:
    """Lead back to the draft, or to the desk where there is none."""
    return _rows([_way_back(draft_id)])


def post_keyboard(desk: EditorsDesk, mark: int, reader: Language) -> InlineKeyboardMarkup:
    """Offer the languages of a post; whoever writes in several names chooses the name with it."""
    voices = [(number, f"{name}: ") for number, name in _voices(desk, reader)]
    rows = [
        [_button(f"{voice}{OWN_NAMES[language]}", TakePost(language=language, voice=number, mark=mark))]
        for number, voice in (voices if len(voices) > 1 else [(ANY_VOICE, "")])
        for language in Language
    ]
    return _rows(*rows, [_button(_("✖️ Cancel"), OpenEditorsDesk())])


def _waiting(number: int) -> str:
    return _("🖊 Waits for my decision: {number}").format(number=number)


def _voices(desk: EditorsDesk, reader: Language) -> list[tuple[int, str]]:
    """Return in whose names one may write: numbers and what they are called, the own groups first."""
    groups = [(number_of_group(name), _("Group {name}").format(name=name)) for name in desk.groups]
    whole = [(WHOLE, _("The whole university"))] if desk.whole else []
    units = [(unit.id, unit_name(unit, reader)) for unit in desk.units]
    return [*groups, *whole, *units][:_MOST_VOICES]


def _way_back(draft_id: int) -> InlineKeyboardButton:
    if not draft_id:
        return _button(_("✖️ Cancel"), OpenEditorsDesk())
    return _button(_("← Draft"), OpenDraft(draft_id=draft_id))


def _desk_button() -> InlineKeyboardButton:
    return _button(_("← Drafts"), OpenEditorsDesk())


def _mark(chosen: object) -> str:
    return "✅ " if chosen else ""


def _rows(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())

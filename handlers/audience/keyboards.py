"""Keyboards of this feature."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.audience.callbacks import (
    Ask,
    BringList,
    ChooseChannel,
    ChooseQuickly,
    ChooseValue,
    ListChannels,
    ListValues,
    Quick,
    RemoveTerm,
    TypeAudience,
)
from handlers.common.audience_words import key_label, term_text, value_text
from handlers.common.callbacks import OpenAudience, OpenDraft, OpenEditorsDesk, OpenSending
from handlers.common.channel_words import channel_label
from handlers.common.forms import mark_of
from handlers.common.keyboards import menu_button
from services.announcements.audience_dto import AudienceOffer, DraftAudience
from services.announcements.dto import Announcement
from services.announcements.posting import ChannelOffer
from services.audience.building import holds_value
from services.audience.dto import GUEST, Audience, Offered, Term, TermKey
from services.audience.names import FOREIGN
from services.channels.dto import Channel
from services.languages import Language
from services.people.dto import PersonKind

PAGE = 8
_MOST_COURSES = 4  # in a row
_MOST_TERMS = 12  # that can be taken back by a tap; the rest by starting over
_LONGEST_LABEL = 48
_MOST_CHANNELS = 60  # Telegram shows a hundred buttons

_HELD = {
    Quick.STUDENTS: (TermKey.ROLE, PersonKind.STUDENT.value),
    Quick.STAFF: (TermKey.ROLE, PersonKind.STAFF.value),
    Quick.GUESTS: (TermKey.ROLE, GUEST),
    Quick.FOREIGN: (TermKey.CITIZENSHIP, FOREIGN),
}


def audience_keyboard(shown: DraftAudience, reader: Language) -> InlineKeyboardMarkup:
    """Offer everything that can be meant, to take back what is, and to go on."""
    draft = shown.draft
    rows = [*_quick_rows(shown), *_ask_rows(draft.id)]
    chosen = f" · {len(draft.channels)}" if draft.channels else ""
    rows.append([_button(_("📣 Channels and groups") + chosen, ListChannels(draft_id=draft.id))])
    rows.append([_button(_("⌨️ Write an expression"), TypeAudience(draft_id=draft.id))])
    for mark, term, out in list(marked_terms(draft, shown.audience))[:_MOST_TERMS]:
        what = _cut(_named(term, term_text(term, shown.unit_names, reader)))
        label = _("✖️ No more except: {what}") if out else _("✖️ Take back: {what}")
        rows.append([_button(label.format(what=what), RemoveTerm(draft_id=draft.id, mark=mark))])
    if draft.audience:
        rows.append([_button(_("🧹 Start over"), _quick(draft, Quick.NOBODY))])
    if draft.channels or (shown.survey is not None and shown.survey.recipients):
        rows.append([_button(_("👁 Preview and send"), OpenSending(draft_id=draft.id))])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _end(draft.id)])


def values_keyboard(offer: AudienceOffer, ask: Ask, page: int, reader: Language, *, out: bool) -> InlineKeyboardMarkup:
    """Offer a page of values, ticked where they are chosen, and the other way of choosing."""
    draft_id = offer.draft.id
    buttons = [
        _button(_value_label(offer, value, reader), ChooseValue(draft_id=draft_id, ask=ask, out=out, mark=mark))
        for mark, value in list(marked_values(offer))[page * PAGE : (page + 1) * PAGE]
    ]
    rows = _in_rows(buttons, _MOST_COURSES if ask is Ask.COURSES else 1)
    turns = [
        _button(sign, ListValues(draft_id=draft_id, ask=ask, out=out, page=turned))
        for sign, turned in (("←", page - 1), ("→", page + 1))
        if 0 <= turned < pages_of(offer) and not offer.typed
    ]
    rows += [turns] if turns else []
    if ask is Ask.LISTS and not out:
        rows.append([_button(_("📎 Bring a list"), BringList(draft_id=draft_id))])
    if offer.typed:
        rows.append([_button(_("Show all"), ListValues(draft_id=draft_id, ask=ask, out=out, page=0))])
    other = _("➕ Include instead") if out else _("➖ Leave out instead")
    rows.append([_button(other, ListValues(draft_id=draft_id, ask=ask, out=not out, page=page))])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_button(_("✓ Done"), OpenAudience(draft_id=draft_id))]])


def channels_keyboard(offer: ChannelOffer) -> InlineKeyboardMarkup:
    """Offer the channels and groups, ticked where they are chosen."""
    draft = offer.draft
    rows = [
        [
            _button(
                _channel_label(channel, chosen=channel.id in draft.channels),
                ChooseChannel(draft_id=draft.id, mark=mark),
            )
        ]
        for mark, channel in marked_channels(offer)[:_MOST_CHANNELS]
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_button(_("✓ Done"), OpenAudience(draft_id=draft.id))]])


def back_keyboard(draft_id: int) -> InlineKeyboardMarkup:
    """Lead back to who is meant."""
    back = _button(_("← Who gets it"), OpenAudience(draft_id=draft_id))
    return InlineKeyboardMarkup(inline_keyboard=[[back, menu_button()]])


def gone_keyboard() -> InlineKeyboardMarkup:
    """Lead to the drafts."""
    desk = _button(_("📝 Drafts of announcements"), OpenEditorsDesk())
    return InlineKeyboardMarkup(inline_keyboard=[[desk, menu_button()]])


def marked_values(offer: AudienceOffer) -> Sequence[tuple[int, Offered]]:
    """Return the values with the marks by which their buttons know them."""
    return [(mark_of(offer.draft.version, offer.key.value, value.value), value) for value in offer.values]


def marked_channels(offer: ChannelOffer) -> Sequence[tuple[int, Channel]]:
    """Return the channels with the marks by which their buttons know them."""
    return [(mark_of(offer.draft.version, "channel", channel.id), channel) for channel in offer.channels]


def marked_terms(draft: Announcement, audience: Audience | None) -> Sequence[tuple[int, Term, bool]]:
    """Return the terms, whether they exclude, and the marks by which their buttons know them."""
    if audience is None:
        return []
    terms = [(term, False) for term in audience.included] + [(term, True) for term in audience.excluded]
    return [(mark_of(draft.version, term, out), term, out) for term, out in terms]


def pages_of(offer: AudienceOffer) -> int:
    """Return how many pages the values fill; at least one."""
    return max(1, -(-len(offer.values) // PAGE))


def _quick_rows(shown: DraftAudience) -> list[list[InlineKeyboardButton]]:
    labels = {
        Quick.EVERYBODY: _("Everybody"),
        Quick.STUDENTS: _("Students"),
        Quick.STAFF: _("Employees"),
        Quick.GUESTS: _("Guests"),
        Quick.FOREIGN: _("Foreign students"),
    }
    if shown.draft.unit_code is not None:  # guests are of no unit
        del labels[Quick.GUESTS]
    buttons = [
        _button(f"✅ {label}" if _is_chosen(shown.audience, quick) else label, _quick(shown.draft, quick))
        for quick, label in labels.items()
    ]
    return _in_rows(buttons, 2)


def _ask_rows(draft_id: int) -> list[list[InlineKeyboardButton]]:
    labels = {
        Ask.UNITS: _("Units"),
        Ask.PROGRAMMES: _("Programmes"),
        Ask.COURSES: _("Years of study"),
        Ask.GROUPS: _("Groups"),
        Ask.FORMS: _("Forms of study"),
        Ask.LANGUAGES: _("Languages"),
        Ask.COUNTRIES: _("Citizenships"),
        Ask.ROLES: _("Roles"),
        Ask.LISTS: _("Lists"),
    }
    buttons = [
        _button(f"{label} …", ListValues(draft_id=draft_id, ask=ask, out=False, page=0))
        for ask, label in labels.items()
    ]
    return _in_rows(buttons, 3)


def _is_chosen(audience: Audience | None, quick: Quick) -> bool:
    if quick is Quick.EVERYBODY:
        return audience is not None and not audience.included
    key, value = _HELD[quick]
    return holds_value(audience, key, value, excluded=False)


def _value_label(offer: AudienceOffer, value: Offered, reader: Language) -> str:
    chosen, excluded = (holds_value(offer.audience, offer.key, value.value, excluded=out) for out in (False, True))
    sign = "✅ " if chosen else "➖ " if excluded else ""
    name = value.name.get(reader) or value.name.ky or value.name.ru or value.value
    if name == value.value:
        name = value_text(offer.key, value.value, {}, reader)
    people = "" if value.people is None else f" · {value.people}"
    return f"{sign}{_cut(name)}{people}"


def _channel_label(channel: Channel, *, chosen: bool) -> str:
    return f"{'✅' if chosen else '⬜' if channel.is_open else '🚫'} {channel_label(channel)}"


def _quick(draft: Announcement, quick: Quick) -> ChooseQuickly:
    return ChooseQuickly(draft_id=draft.id, quick=quick, mark=mark_of(draft.version))


def _end(draft_id: int) -> list[InlineKeyboardButton]:
    return [_button(_("← Draft"), OpenDraft(draft_id=draft_id)), menu_button()]


def _named(term: Term, values: str) -> str:
    return values if term.key in {TermKey.ROLE, TermKey.KIND} else f"{key_label(term.key)} – {values}"


def _in_rows(buttons: Sequence[InlineKeyboardButton], most: int) -> list[list[InlineKeyboardButton]]:
    return [list(buttons[place : place + most]) for place in range(0, len(buttons), most)]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())

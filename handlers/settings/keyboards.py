"""Keyboards of this feature."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.categories import category_name
from handlers.common.keyboards import menu_button, place_button
from handlers.settings.callbacks import (
    AskToUnlink,
    ChooseEnd,
    ChooseStart,
    KeepCategory,
    KeepGathering,
    KeepHours,
    KeepReadyChoice,
    KeepSilence,
    OpenQuietHours,
    ReadyChoice,
    TypeHours,
    Unlink,
)
from services.access import Actor, LinkedPerson
from services.accounts.dto import PersonalSettings
from services.announcements.dto import Category

_STARTS = (20, 21, 22, 23)
_ENDS = (6, 7, 8, 9)


def settings_keyboard(actor: Actor, settings: PersonalSettings) -> InlineKeyboardMarkup:
    """Offer what can be changed."""
    link = place_button(_("🔑 Link my account"), Place.LINKING)
    if actor.person is not None:
        link = _button(_("🔓 Unlink this account"), AskToUnlink().pack())
    rows = [
        [place_button(_("🌐 Language"), Place.LANGUAGE), _button(_("🌙 Quiet hours"), OpenQuietHours().pack())],
        [_sound_button(settings)],
        [place_button(_("📣 What comes to me, and when"), Place.ANNOUNCEMENT_CHOICE)],
        [place_button(_("📁 My data"), Place.MY_DATA), *_papers(actor, settings)],
        [link],
        [menu_button()],
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def quiet_hours_keyboard(settings: PersonalSettings) -> InlineKeyboardMarkup:
    """Offer the university's hours, none, and one's own."""
    rows = [[_button(_("🌙 Choose my own hours"), ChooseStart().pack())]]
    if settings.usual_quiet_hours.any:
        usual = _("🏛 As the university: {hours}").format(hours=settings.usual_quiet_hours)
        rows.append([_button(usual, KeepReadyChoice(choice=ReadyChoice.USUAL).pack())])
    rows.append([_button(_("🔔 No quiet hours"), KeepReadyChoice(choice=ReadyChoice.NONE).pack())])
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_back_to_settings()]])


def choice_keyboard(settings: PersonalSettings) -> InlineKeyboardMarkup:
    """Offer to switch categories off and on, and to have messages gathered."""
    rows = [[_category_button(category, settings)] for category in Category]
    gathering = _("⚡️ Send me everything at once") if settings.gathered else _("🌆 Gather it for the evening")
    return InlineKeyboardMarkup(
        inline_keyboard=[
            *rows,
            [_button(gathering, KeepGathering(gathered=not settings.gathered).pack())],
            [place_button(_("📣 Announcements"), Place.BULLETIN), _back_to_settings()],
        ]
    )


def starts_keyboard() -> InlineKeyboardMarkup:
    """Offer when the hours begin."""
    hours = [_button(f"{start}:00", ChooseEnd(start=start).pack()) for start in _STARTS]
    return _hours_keyboard(hours)


def ends_keyboard(start: int) -> InlineKeyboardMarkup:
    """Offer when the hours end."""
    hours = [_button(f"{until:02}:00", KeepHours(start=start, until=until).pack()) for until in _ENDS]
    return _hours_keyboard(hours)


def back_to_quiet_hours_keyboard() -> InlineKeyboardMarkup:
    """Offer nothing but the way back."""
    return InlineKeyboardMarkup(inline_keyboard=[[_back_to_quiet_hours()]])


def unlink_keyboard(person: LinkedPerson) -> InlineKeyboardMarkup:
    """Ask once more."""
    sure = _button(_("🔓 Yes, unlink"), Unlink(person_id=person.id).pack())
    return InlineKeyboardMarkup(inline_keyboard=[[sure], [_back_to_settings()]])


def _category_button(category: Category, settings: PersonalSettings) -> InlineKeyboardButton:
    muted = category in settings.muted
    sign = "☐" if muted else "☑️"
    return _button(f"{sign} {category_name(category)}", KeepCategory(category=category, wanted=muted).pack())


def _papers(actor: Actor, settings: PersonalSettings) -> list[InlineKeyboardButton]:
    shown = settings.has_papers and actor.person is not None
    return [place_button(_("🛂 My papers"), Place.OWN_PAPERS)] if shown else []


def _sound_button(settings: PersonalSettings) -> InlineKeyboardButton:
    text = _("🔔 Switch the sound on") if settings.silent else _("🔕 Switch the sound off")
    return _button(text, KeepSilence(silent=not settings.silent).pack())


def _hours_keyboard(hours: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    other = _button(_("✏️ Other hours"), TypeHours().pack())
    return InlineKeyboardMarkup(inline_keyboard=[hours, [other], [_back_to_quiet_hours()]])


def _back_to_quiet_hours() -> InlineKeyboardButton:
    return _button(_("← Back"), OpenQuietHours().pack())


def _back_to_settings() -> InlineKeyboardButton:
    return place_button(_("← Back"), Place.SETTINGS)


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data)

"""Keyboards of this feature."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from handlers.common.keyboards import menu_button, place_button
from handlers.common.roles import holder_name, name_of, role_name, unit_name
from handlers.roles.callbacks import (
    AppointDeputy,
    AskRevoke,
    ChooseCandidate,
    ChooseDay,
    ChooseFilter,
    ChooseRole,
    ChooseUnit,
    ConfirmRole,
    DayChoice,
    GiveRole,
    ListGrants,
    OpenGrant,
    RevokeGrant,
    RoleFilter,
)
from handlers.roles.texts import MOST_DEPUTIES
from services.access import Role
from services.languages import Language
from services.roles.dto import Candidate, GrantPage, GrantState, GrantWithDeputies, UnitName
from services.roles.rules import UNIT_ROLES


def list_keyboard(shown: GrantPage, role: RoleFilter) -> InlineKeyboardMarkup:
    """Offer the cards of a page, other pages, other roles, and giving one."""
    rows = [
        [_button(f"{number}. {holder_name(entry.grant)}", _card(entry.grant.id, shown.page, role))]
        for number, entry in enumerate(shown.entries, start=1)
    ]
    turns = []
    if shown.page > 0:
        turns.append(_button("←", ListGrants(page=shown.page - 1, role=role)))
    if shown.page + 1 < shown.pages:
        turns.append(_button("→", ListGrants(page=shown.page + 1, role=role)))
    rows += [turns] if turns else []
    rows.append([_button(_("➕ Give a role"), GiveRole()), _button(_("🔎 Choose roles"), ChooseFilter())])
    return _keyboard(*rows, [place_button(_("← Desks"), Place.DESKS), menu_button()])


def filter_keyboard() -> InlineKeyboardMarkup:
    """Offer which roles the list shows."""
    rows = [[_button(role_name(role), ListGrants(page=0, role=RoleFilter(role.value)))] for role in Role]
    return _keyboard([_button(_("All roles"), ListGrants(page=0, role=RoleFilter.ALL))], *rows)


def card_keyboard(card: GrantWithDeputies, page: int, role: RoleFilter) -> InlineKeyboardMarkup:
    """Offer what can be done with a grant as it stands now."""
    grant = card.grant
    rows = []
    if grant.state is not GrantState.PAST:
        rows.append([_button(_("⛔ Revoke"), AskRevoke(grant_id=grant.id))])
    if grant.state is GrantState.IN_FORCE and grant.principal is None:
        rows.append([_button(_("👥 Appoint a deputy"), AppointDeputy(grant_id=grant.id))])
    rows += [
        [_button(f"👥 {holder_name(deputy)}", _card(deputy.id, page, role))] for deputy in card.deputies[:MOST_DEPUTIES]
    ]
    return _keyboard(*rows, [_button(_("← Back"), ListGrants(page=page, role=role)), menu_button()])


def revoke_keyboard(grant_id: int) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    back = _button(_("← Back"), _card(grant_id, 0, RoleFilter.ALL))
    return _keyboard([_button(_("⛔ Yes, revoke"), RevokeGrant(grant_id=grant_id))], [back, menu_button()])


def desk_keyboard() -> InlineKeyboardMarkup:
    """Offer the way back to the list."""
    return _keyboard([place_button(_("🔑 Roles"), Place.ROLES), menu_button()])


def candidates_keyboard(candidates: Sequence[Candidate], reader: Language) -> InlineKeyboardMarkup:
    """Offer those whom a search found."""
    rows = []
    for candidate in candidates:
        chosen = ChooseCandidate(person_id=candidate.key.person_id or 0, account_id=candidate.key.telegram_id or 0)
        rows.append([_button(_candidate_label(candidate, reader), chosen)])
    return _keyboard(*rows, [place_button(_("🔑 Roles"), Place.ROLES), menu_button()])


def roles_keyboard() -> InlineKeyboardMarkup:
    """Offer the roles."""
    rows = [[_button(role_name(role), ChooseRole(role=role))] for role in Role]
    return _keyboard(*rows, [menu_button()])


def units_keyboard(units: Sequence[UnitName], role: Role, reader: Language) -> InlineKeyboardMarkup:
    """Offer units, and the whole university where the role may be given for it."""
    rows = [[_button(unit_name(unit, reader), ChooseUnit(unit_id=unit.id))] for unit in units]
    if role not in UNIT_ROLES:
        rows.append([_button(_("The whole university"), ChooseUnit(unit_id=0))])
    return _keyboard(*rows, [menu_button()])


def first_day_keyboard() -> InlineKeyboardMarkup:
    """Offer to begin at once."""
    return _keyboard([_button(_("From today"), ChooseDay(day=DayChoice.FROM_NOW))], [menu_button()])


def last_day_keyboard(*, endless: bool) -> InlineKeyboardMarkup:
    """Offer to set no end, where there may be none."""
    rows = [[_button(_("Without an end"), ChooseDay(day=DayChoice.NO_END))]] if endless else []
    return _keyboard(*rows, [menu_button()])


def review_keyboard(draft: str) -> InlineKeyboardMarkup:
    """Ask for the last tap."""
    return _keyboard(
        [_button(_("✅ Confirm"), ConfirmRole(draft=draft))], [place_button(_("✖️ Do not give"), Place.ROLES)]
    )


def _candidate_label(candidate: Candidate, reader: Language) -> str:
    if candidate.key.person_id is None:
        account = _("Telegram account {id}").format(id=candidate.telegram_id)
        return f"{account} · {candidate.person.full_name}" if candidate.person else account
    where = candidate.group_name or candidate.post.get(reader) or candidate.post.ky
    number = candidate.person.person_no if candidate.person else ""
    return " · ".join(part for part in (name_of(candidate.person, None), where, number) if part)


def _card(grant_id: int, page: int, role: RoleFilter) -> OpenGrant:
    return OpenGrant(grant_id=grant_id, page=page, role=role)


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))

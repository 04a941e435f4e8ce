"""What is said at the desk of roles."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.ports import LocalDates
from handlers.common.roles import days, holder_name, name_of, role_name, state_text, unit_name
from handlers.roles.callbacks import RoleFilter
from services.access import Role
from services.languages import Language
from services.roles.dto import (
    EndedGrants,
    FoundCandidates,
    FoundUnits,
    Grant,
    GrantPage,
    GrantReview,
    GrantWithDeputies,
    UnitName,
)

MOST_DEPUTIES = 10  # on a card; a message has its limits
_NAMES = 3


def list_text(shown: GrantPage, role: RoleFilter, reader: Language, dates: LocalDates) -> str:
    """Show a page of grants."""
    lines = [_("🔑 <b>Roles</b>")]
    if role.role is not None:
        lines.append(_("Only: {role}").format(role=role_name(role.role)))
    if shown.pages > 1:
        lines.append(_("Page {page} of {pages}").format(page=shown.page + 1, pages=shown.pages))
    if shown.by_settings:
        ids = ", ".join(str(number) for number in shown.by_settings)
        lines.append(_("Administrators by the operator's settings: {ids}").format(ids=ids))
    for number, entry in enumerate(shown.entries, start=1):
        lines += ["", *_entry_lines(number, entry, reader, dates)]
    if not shown.entries:
        lines += ["", _("Nobody holds a role here yet. You can give one.")]
    return "\n".join(lines)


def filter_text() -> str:
    """Ask which roles the list shows."""
    return _("Which roles should the list show?")


def card_text(card: GrantWithDeputies, reader: Language, dates: LocalDates) -> str:
    """Show all about a grant."""
    grant = card.grant
    lines = [f"<b>{html.quote(holder_name(grant))}</b>"]
    if grant.telegram_id is not None:
        lines.append(_("Telegram account: {id}").format(id=grant.telegram_id))
    lines += [*_what(grant.role, grant.unit, reader), days(grant.period, reader, dates), state_text(grant.state)]
    if grant.principal is not None:
        lines.append(_("Stands in for: {person}").format(person=html.quote(holder_name(grant.principal))))
    lines.append(_("Given: {moment}").format(moment=dates.moment(grant.granted_at, reader)))
    by = _("the operator at the command line")
    if grant.granted_by is not None:
        by = html.quote(name_of(grant.granted_by_person, grant.granted_by))
    lines.append(_("By: {person}").format(person=by))
    for deputy in card.deputies[:MOST_DEPUTIES]:
        lines += _deputy_lines(deputy, reader, dates)
    return "\n".join(lines)


def revoke_question(card: GrantWithDeputies, reader: Language) -> str:
    """Ask once more."""
    lines = [_("Revoke this role?"), "", f"<b>{html.quote(holder_name(card.grant))}</b>"]
    lines += _what(card.grant.role, card.grant.unit, reader)
    if card.deputies:
        number = len(card.deputies)
        sentence = ngettext("{number} deputy loses it too.", "{number} deputies lose it too.", number)
        lines.append(sentence.format(number=number))
    return "\n".join(lines)


def revoked_text(ended: EndedGrants, reader: Language) -> str:
    """Say what was ended."""
    lines = [_("✅ Revoked; it is no longer in force:")]
    for grant in ended.grants:
        words = [html.quote(holder_name(grant)), *_what(grant.role, grant.unit, reader)]
        lines.append("• " + ", ".join(words))
    return "\n".join(lines)


def ask_for_holder_text() -> str:
    """Ask who gets the role."""
    return _(
        "Who gets the role? Write the name or the number of the person, or a Telegram id. It does not matter whether "
        "they have written to this bot yet."
    )


def ask_for_deputy_text(grant: Grant, reader: Language) -> str:
    """Ask who stands in."""
    lines = [_("Who stands in for this person: {person}?").format(person=html.quote(holder_name(grant)))]
    lines += [*_what(grant.role, grant.unit, reader), ""]
    lines.append(_("Write the name or the number of the person, or a Telegram id."))
    return "\n".join(lines)


def found_people_text(found: FoundCandidates) -> str:
    """Ask which of those who were found is meant."""
    if not found.candidates:
        return _("Nobody was found. Check the spelling, or write the number of the person; /cancel leaves this form.")
    if found.more:
        return _("Who is meant? There are more; write more of the name to see them.")
    return _("Who is meant?")


def ask_for_role_text() -> str:
    """Ask for the role."""
    return _("Which role?")


def ask_for_unit_text(role: Role) -> str:
    """Ask for the unit."""
    return _("{role}: for which unit? Write a part of its name, its abbreviation or its code.").format(
        role=role_name(role)
    )


def found_units_text(found: FoundUnits) -> str:
    """Ask which of the units is meant."""
    if not found.units:
        return _("No such unit was found. Write another part of its name, its abbreviation or its code.")
    if found.more:
        return _("Which unit? There are more; write more of the name to see them.")
    return _("Which unit?")


def ask_for_first_day_text() -> str:
    """Ask for the first day."""
    return _("From which day? Press the button, or write a date, for example 01.12.2026.")


def ask_for_last_day_text(*, endless: bool) -> str:
    """Ask for the last day."""
    if endless:
        return _("Until which day, inclusive? Press the button, or write a date, for example 30.06.2027.")
    return _("Until which day, inclusive? Write a date, for example 30.06.2027.")


def not_a_day_text() -> str:
    """Answer a text that is no date."""
    return _("This is not a date. Write it like this: 01.12.2026. /cancel leaves this form.")


def earlier_step_toast() -> str:
    """Answer a button that belongs to another step of the form."""
    return _("This button is of an earlier step. Nothing was changed.")


def review_text(review: GrantReview, reader: Language, dates: LocalDates) -> str:
    """Say what is going to be given."""
    name = name_of(review.candidate.person, review.candidate.telegram_id)
    lines = [_("Please check:"), "", f"<b>{html.quote(name)}</b>"]
    if review.candidate.telegram_id is not None:
        lines.append(_("Telegram account: {id}").format(id=review.candidate.telegram_id))
    lines += [*_what(review.role, review.unit, reader), days(review.period, reader, dates)]
    if review.principal is not None:
        lines.append(_("Stands in for: {person}").format(person=html.quote(holder_name(review.principal))))
    lines.append(state_text(review.state))
    if review.candidate.needs_code:
        lines.append(
            _(
                "⚠️ The account was linked without a code, by a telephone number or on request. That is not enough for "
                "a role: give the person a one-time code, also for the same account."
            )
        )
    return "\n".join(lines)


def given_text(grant: Grant, reader: Language, dates: LocalDates) -> str:
    """Say what was given, and when it is in force."""
    lines = [_("✅ The role is given."), "", f"<b>{html.quote(holder_name(grant))}</b>"]
    lines += [*_what(grant.role, grant.unit, reader), days(grant.period, reader, dates)]
    return "\n".join([*lines, state_text(grant.state)])


def _entry_lines(number: int, entry: GrantWithDeputies, reader: Language, dates: LocalDates) -> list[str]:
    grant = entry.grant
    lines = [f"{number}. <b>{html.quote(holder_name(grant))}</b>", ", ".join(_what(grant.role, grant.unit, reader))]
    lines += [days(grant.period, reader, dates), state_text(grant.state)]
    if entry.deputies:
        names = ", ".join(html.quote(holder_name(deputy)) for deputy in entry.deputies[:_NAMES])
        rest = " …" if len(entry.deputies) > _NAMES else ""
        lines.append(_("👥 Deputies: {names}").format(names=names) + rest)
    return lines


def _deputy_lines(deputy: Grant, reader: Language, dates: LocalDates) -> list[str]:
    name = html.quote(holder_name(deputy))
    line = _("👥 Deputy: {person}").format(person=name)
    return ["", line, days(deputy.period, reader, dates), state_text(deputy.state)]


def _what(role: Role, unit: UnitName | None, reader: Language) -> list[str]:
    return [role_name(role, of_unit=True), html.quote(unit_name(unit, reader))] if unit else [role_name(role)]

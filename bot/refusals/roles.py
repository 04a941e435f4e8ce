"""Refusals of roles, as administrators meet them at their desk."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from handlers.common.roles import days, role_name
from services.languages import Language
from services.roles.errors import (
    BeyondGrant,
    DeputyNeedsPeriod,
    DeputyOfDeputy,
    DeputyOfThemself,
    GrantNotInForce,
    LastAdministrator,
    OwnAdministration,
    PeriodIsOver,
    RoleHeldAlready,
    RoleNotHeld,
    UnitNeeded,
    UnknownHolder,
    UnknownUnit,
    WrongPeriod,
)


def _unknown_holder(refusal: UnknownHolder, _language: Language, _words: Words) -> str:
    return _("Nobody was found by this: {text}").format(text=html.quote(refusal.text))


def _unknown_unit(refusal: UnknownUnit, _language: Language, _words: Words) -> str:
    return _("No unit has this code: {code}").format(code=html.quote(refusal.code))


def _unit_needed(refusal: UnitNeeded, _language: Language, _words: Words) -> str:
    return _("This role is always given for one unit: {role}. Choose the unit.").format(role=role_name(refusal.role))


def _wrong_period(_refusal: WrongPeriod, _language: Language, _words: Words) -> str:
    return _("The last day lies before the first. Write another last day, or /cancel.")


def _period_is_over(refusal: PeriodIsOver, language: Language, words: Words) -> str:
    sentence = _("This last day is past already: {date}. Write a later one, or /cancel.")
    return sentence.format(date=words.dates.date(refusal.last, language))


def _held_already(refusal: RoleHeldAlready, language: Language, words: Words) -> str:
    sentence = _("The role is held already. {days}. To change the days, revoke it first.")
    return sentence.format(days=days(refusal.period, language, words.dates))


def _not_held(_refusal: RoleNotHeld, _language: Language, _words: Words) -> str:
    return _("This role is not held any more: somebody has revoked it. See the list of today: /admin")


def _own_administration(_refusal: OwnAdministration, _language: Language, _words: Words) -> str:
    return _(
        "You cannot take your own right of an administrator away. Another administrator must do it, or the operator at "
        "the command line."
    )


def _last_administrator(_refusal: LastAdministrator, _language: Language, _words: Words) -> str:
    return _(
        "This is the last administrator: nobody would be left who can give roles. Give somebody else the role first."
    )


def _grant_not_in_force(_refusal: GrantNotInForce, _language: Language, _words: Words) -> str:
    return _("This role is not in force today, so nobody can stand in for its holder.")


def _deputy_of_deputy(_refusal: DeputyOfDeputy, _language: Language, _words: Words) -> str:
    return _("A deputy has no deputies. Appoint one for the holder of the role.")


def _deputy_of_themself(_refusal: DeputyOfThemself, _language: Language, _words: Words) -> str:
    return _("Nobody stands in for themselves. Choose another person, or /cancel.")


def _deputy_needs_period(_refusal: DeputyNeedsPeriod, _language: Language, _words: Words) -> str:
    return _("A deputy is appointed from a day to a day; both must be named.")


def _beyond_grant(refusal: BeyondGrant, language: Language, words: Words) -> str:
    sentence = _("The role itself ends before that, on this day: {date}. Write an earlier last day, or /cancel.")
    return sentence.format(date=words.dates.date(refusal.last, language))


SENTENCES: Sentences = {
    BeyondGrant: _beyond_grant,
    DeputyNeedsPeriod: _deputy_needs_period,
    DeputyOfDeputy: _deputy_of_deputy,
    DeputyOfThemself: _deputy_of_themself,
    GrantNotInForce: _grant_not_in_force,
    LastAdministrator: _last_administrator,
    OwnAdministration: _own_administration,
    PeriodIsOver: _period_is_over,
    RoleHeldAlready: _held_already,
    RoleNotHeld: _not_held,
    UnitNeeded: _unit_needed,
    UnknownHolder: _unknown_holder,
    UnknownUnit: _unknown_unit,
    WrongPeriod: _wrong_period,
}

"""`kabarchy role`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli.output import AsJson, print_json, print_table
from services.access import Role

if TYPE_CHECKING:
    from services.roles.dto import EndedGrants, Grant, GrantPage
    from services.roles.register import RoleRegister
    from services.roles.service import RoleService

T = TypeVar("T")

_Holder = Annotated[str, typer.Argument(metavar="TELEGRAM_ID|PERSON_NO", help="An account, or a person of the roster.")]
_Role = Annotated[Role, typer.Argument(help="The role.")]
_Unit = Annotated[str | None, typer.Option("--unit", metavar="CODE", help="Only for this unit.")]
_DAY = {"metavar": "DAY", "formats": ["%Y-%m-%d"]}
_From = Annotated[datetime | None, typer.Option("--from", help="The first day, as 2026-12-01; else today.", **_DAY)]
_To = Annotated[datetime | None, typer.Option("--to", help="The last day; else without an end.", **_DAY)]


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Rights over and above being a student or an employee.", no_args_is_help=True)
    group.command("grant")(grant)
    group.command("revoke")(revoke)
    group.command("list")(list_roles)
    app.add_typer(group, name="role")


def grant(
    holder: _Holder, role: _Role, unit: _Unit = None, since: _From = None, until: _To = None, as_json: AsJson = False
) -> None:
    """Grant a role; it is in force with the account's next message, or when the person links theirs by a code."""
    from services.access import OPERATOR

    days = {"valid_from": since.date() if since else None, "valid_to": until.date() if until else None}
    given = _with_roles(lambda roles, _register: roles.grant(OPERATOR, holder, role, unit, **days))
    if as_json:
        print_json({"done": "granted", **_document(given)})
    else:
        typer.echo(f"{_what(given)} granted: {_whom(given)}, {_when(given)}.")


def revoke(holder: _Holder, role: _Role, unit: _Unit = None, as_json: AsJson = False) -> None:
    """Revoke a role, and whoever stands in for its holder."""
    from services.access import OPERATOR

    ended: EndedGrants = _with_roles(lambda roles, _register: roles.revoke(OPERATOR, holder, role, unit))
    first, *others = ended.grants
    if as_json:
        print_json({"done": "revoked", **_document(first), "in_force": False})
    else:
        typer.echo(f"{_what(first)} revoked: {_whom(first)}.")
        for other in others:
            typer.echo(f"Ended with it: {_what(other)}, {_whom(other)}.")
    if ended.nobody_left:
        typer.echo("Warning: nobody is an administrator now; ADMIN_IDS or `kabarchy role grant` makes one.", err=True)


def list_roles(as_json: AsJson = False) -> None:
    """List who holds which role, deputies under those they stand in for."""
    from services.access import OPERATOR

    async def whole(_roles: "RoleService", register: "RoleRegister") -> "tuple[list[Grant], GrantPage]":
        page = first = await register.list_grants(OPERATOR)
        found = [one for entry in page.entries for one in (entry.grant, *entry.deputies)]
        for number in range(1, first.pages):
            page = await register.list_grants(OPERATOR, number)
            found += [one for entry in page.entries for one in (entry.grant, *entry.deputies)]
        return found, first

    grants, first = _with_roles(whole)
    if as_json:
        print_json([_document(one) | {"state": one.state.value} for one in grants])
        return
    if grants:
        print_table(("Role", "Whose", "Days", "State"), [_row(one) for one in grants])
    else:
        typer.echo("Nobody holds a role by the database.")
    if first.by_settings:
        typer.echo(f"Administrators by ADMIN_IDS: {', '.join(map(str, first.by_settings))}")


def _with_roles(work: "Callable[[RoleService, RoleRegister], Awaitable[T]]") -> T:
    from zoneinfo import ZoneInfo

    from sqlalchemy.ext.asyncio import AsyncEngine

    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from bot.localtime import LocalTime
    from services.db.uow import unit_of_work_factory
    from services.ports import NoBell, SystemClock
    from services.roles.register import RoleRegister
    from services.roles.service import RoleService

    settings = command_settings()

    async def run(engine: AsyncEngine) -> T:
        base = (unit_of_work_factory(engine), SystemClock(), LocalTime(ZoneInfo(settings.timezone)))
        roles = RoleService(*base, NoBell(), NoBell(), administrators=settings.admin_ids)
        return await work(roles, RoleRegister(*base, administrators=settings.admin_ids))

    return with_database(settings, run)


def _document(grant: "Grant") -> dict[str, Any]:
    from services.roles.dto import GrantState

    return {
        "telegram_id": grant.telegram_id,
        "person_no": grant.person.person_no if grant.person else None,
        "role": grant.role.value,
        "unit": grant.unit.code if grant.unit else None,
        "from": _day(grant.period.first) or None,
        "to": _day(grant.period.last) or None,
        "in_force": grant.state is GrantState.IN_FORCE,
    }


def _row(grant: "Grant") -> tuple[str, ...]:
    from services.roles.dto import Period

    whose = _whom(grant)
    if grant.principal:
        person = grant.principal.person or grant.principal.account_person
        whose += f", for {person.full_name if person else f'Telegram account {grant.principal.telegram_id}'}"
    days = f"{_day(grant.period.first) or '…'} – {_day(grant.period.last) or '…'}" if grant.period != Period() else ""
    role = f"{grant.role.value} {grant.unit.code}" if grant.unit else grant.role.value
    return (role, whose, days, grant.state.value.replace("_", " "))


def _what(grant: "Grant") -> str:
    return f"{grant.role.value}{f' for the unit {grant.unit.code}' if grant.unit else ''}"


def _whom(grant: "Grant") -> str:
    if grant.person is not None:
        return f"{grant.person.full_name} ({grant.person.person_no})"
    return f"Telegram account {grant.telegram_id}"


def _when(grant: "Grant") -> str:
    from services.roles.dto import GrantState

    begins = {
        GrantState.IN_FORCE: "in force now",
        GrantState.NOT_YET: f"in force from {_in_words(grant.period.first)}",
        GrantState.WAITING: "in force when they link their account by a one-time code",
        GrantState.RESTING: "in force when they are in the roster again and their account is not frozen",
        GrantState.PAST: "over",
    }
    first = grant.period.first
    later = f", from {_in_words(first)}" if first and grant.state is GrantState.WAITING else ""
    until = f" until {_in_words(grant.period.last)}" if grant.period.last else ""
    return f"{begins[grant.state]}{later}{until}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _in_words(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""

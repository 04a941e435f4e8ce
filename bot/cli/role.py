"""`kabarchy role`."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.output import AsJson, print_json
from services.access import Role

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from services.roles.dto import Holder

_Holder = Annotated[str, typer.Argument(metavar="TELEGRAM_ID|PERSON_NO", help="An account, or a person of the roster.")]
_Role = Annotated[Role, typer.Argument(help="The role.")]
_Unit = Annotated[str | None, typer.Option("--unit", metavar="CODE", help="Only for this unit.")]


def add_to(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(help="Rights over and above being a student or an employee.", no_args_is_help=True)
    group.command("grant")(grant)
    group.command("revoke")(revoke)
    app.add_typer(group, name="role")


def grant(holder: _Holder, role: _Role, unit: _Unit = None, as_json: AsJson = False) -> None:
    """Grant a role; it is in force with the account's next message, or when the person links theirs."""
    _tell("granted", _change(holder, role, unit, granted=True), role, unit, as_json=as_json)


def revoke(holder: _Holder, role: _Role, unit: _Unit = None, as_json: AsJson = False) -> None:
    """Revoke a role."""
    _tell("revoked", _change(holder, role, unit, granted=False), role, unit, as_json=as_json)


def _change(holder: str, role: Role, unit: str | None, *, granted: bool) -> "Holder":
    from bot.cli.database import with_database
    from bot.cli.settings import command_settings
    from services.access import OPERATOR
    from services.db.uow import unit_of_work_factory
    from services.ports import SystemClock
    from services.roles.service import RoleService

    async def work(engine: "AsyncEngine") -> "Holder":
        service = RoleService(unit_of_work_factory(engine), SystemClock())
        return await (service.grant if granted else service.revoke)(OPERATOR, holder, role, unit)

    return with_database(command_settings(), work)


def _tell(done: str, holder: "Holder", role: Role, unit: str | None, *, as_json: bool) -> None:
    person_no = holder.person.person_no if holder.person else None
    if as_json:
        document = {"telegram_id": holder.telegram_id, "person_no": person_no, "role": role.value, "unit": unit}
        print_json({"done": done, **document})
        return
    name = f"{holder.person.full_name} ({person_no})" if holder.person else f"Telegram account {holder.telegram_id}"
    waiting = ", in force when they link their account" if holder.person and done == "granted" else ""
    typer.echo(f"{role.value}{f' for the unit {unit}' if unit else ''} {done}: {name}{waiting}.")

"""The desks that the kinds of certificate name: units of the database, with somebody who answers."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cli.checks.finding import Finding, note
from bot.documents import university as university_file
from bot.localtime import LocalTime
from bot.settings import Settings
from services.access import Role
from services.certificates.dto import CertificateKind
from services.db.uow import reading_factory
from services.roles.dto import GrantState

_MOST_GRANTS = 10_000
_ANSWERING = (GrantState.IN_FORCE, GrantState.WAITING, GrantState.NOT_YET)


async def check_desks(engine: AsyncEngine, settings: Settings) -> list[Finding]:
    """Is every desk a unit, and does somebody hold it? Silent where all is well or the university file is not."""
    try:
        kinds = university_file.load(settings.university_file).certificate_kinds
    except university_file.UniversityFileError:
        return []  # which is told where the papers are looked at
    today = LocalTime(ZoneInfo(settings.timezone)).today(datetime.now(UTC))
    async with reading_factory(engine)() as uow:
        units = {unit.code for unit in await uow.roles.list_units()}
        grants, _total = await uow.roles.list_grants(Role.REGISTRAR, 0, _MOST_GRANTS, today)
    held = {grant.unit.code if grant.unit else None for grant in grants if grant.state in _ANSWERING}
    return find_idle(kinds, units, held)


def find_idle(kinds: Sequence[CertificateKind], units: set[str], held: set[str | None]) -> list[Finding]:
    """Note the desks that are none of the units, and those with something to decide that nobody holds.

    `held`: codes of the units that registrars have; None stands for the whole university.
    """
    return [
        finding
        for desk in dict.fromkeys(kind.desk for kind in kinds)
        for finding in _look_at(desk, [kind for kind in kinds if kind.desk == desk], units, held)
    ]


def _look_at(desk: str, kinds: list[CertificateKind], units: set[str], held: set[str | None]) -> list[Finding]:
    subject, names = f"desk {desk}", ", ".join(kind.id for kind in kinds)
    if desk not in units:
        return [note(subject, f"no unit has this code ({names})", "correct `desk`, or `kabarchy units import`")]
    if any(kind.approved for kind in kinds) and not held & {desk, None}:
        advice = f"`kabarchy role grant PERSON registrar --unit {desk}`; until then administrators answer"
        return [note(subject, f"nobody answers for it ({names})", advice)]
    return []

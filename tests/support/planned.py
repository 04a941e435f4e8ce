"""Plans written straight into the tables, for tests of what is made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.models import Plan, PlanInstance, PlanItem, PlanParty, Unit
from services.deadlines.dto import DeadlineKind
from services.spelling import sort_key

IMPORTED = datetime(2025, 9, 1, 3, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An item to be planned; `dues`: one instance each, none for an item without a day."""

    title: str
    responsible: Sequence[str]
    dues: Sequence[date] = ()
    kind: DeadlineKind = DeadlineKind.DATE
    participants: Sequence[str] = ()
    section: str = "2.1. Окуу иши"
    number: str = ""
    soft: bool = False
    confirmed: bool = True
    count_target: int | None = None
    state_language: bool = False
    unresolved: Sequence[Mapping[str, object]] = field(default_factory=tuple)


async def put_units(
    connection: AsyncConnection,
    units: Mapping[str, str],
    *,
    posts: Sequence[str] = (),
    parents: Mapping[str, str] | None = None,
    members: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write units by code with a name that is the same in all languages; `posts` are those that are posts or groups."""
    for code, name in units.items():
        await connection.execute(
            insert(Unit).values(
                code=code,
                name_ky=name,
                name_ru=name,
                name_en=name,
                abbreviation="",
                kind="role" if code in posts else "unit",
                parent_code=(parents or {}).get(code, ""),
                aliases=[],
                members=list((members or {}).get(code, ())),
                sort_key=sort_key(name),
            )
        )


async def put_plan(
    connection: AsyncConnection,
    items: Sequence[Wanted],
    *,
    name: str = "strategy",
    year: int = 2025,
    reminds_from: date = date(2025, 9, 1),
    escalates: bool = False,
) -> tuple[int, list[int]]:
    """Write a plan; return its id and the ids of its items, in order."""
    plan_id = (
        await connection.execute(
            insert(Plan)
            .values(year=year, name=name, reminds_from=reminds_from, escalates=escalates, imported_at=IMPORTED)
            .returning(Plan.id)
        )
    ).scalar_one()
    return plan_id, [await _put_item(connection, plan_id, place, wanted) for place, wanted in enumerate(items, 1)]


async def instance_ids(connection: AsyncConnection, item_id: int) -> list[int]:
    """Return the ids of an item's instances, in order."""
    found = await connection.scalars(
        text("select id from plan_instances where item_id = :item order by ordinal"), {"item": item_id}
    )
    return list(found)


async def _put_item(connection: AsyncConnection, plan_id: int, position: int, wanted: Wanted) -> int:
    item_id: int = (
        await connection.execute(
            insert(PlanItem)
            .values(
                plan_id=plan_id,
                key=f"test-{position}",
                position=position,
                place_table=0,
                place_row=position,
                section=wanted.section,
                number=wanted.number or str(position),
                title=wanted.title,
                task="",
                deadline_text=", ".join(f"{due:%d.%m.%Y}" for due in wanted.dues),
                deadline_kind=wanted.kind.value if wanted.dues else DeadlineKind.NONE.value,
                starts_on=None,
                due_on=wanted.dues[-1] if wanted.dues else None,
                due_dates=list(wanted.dues),
                confirmed=wanted.confirmed,
                responsible_text=", ".join(wanted.responsible),
                participants_text=", ".join(wanted.participants),
                unresolved=[dict(piece) for piece in wanted.unresolved],
                document="",
                indicator="",
                budget="",
                count_target=wanted.count_target,
                state_language=wanted.state_language,
                origin="file",
                changed_at=IMPORTED,
            )
            .returning(PlanItem.id)
        )
    ).scalar_one()
    shares = [(code, "responsible") for code in wanted.responsible] + [
        (code, "participant") for code in wanted.participants
    ]
    for place, (code, share) in enumerate(shares):
        await connection.execute(
            insert(PlanParty).values(item_id=item_id, code=code, share=share, position=place, text=code)
        )
    for ordinal, due in enumerate(wanted.dues or (None,), 1):
        await connection.execute(
            insert(PlanInstance).values(
                item_id=item_id, ordinal=ordinal, starts_on=None, first_due=due, due=due, soft=wanted.soft
            )
        )
    return item_id

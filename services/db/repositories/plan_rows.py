"""Rows of the plans' tables put into what the features of plans hand to each other."""

from typing import Any

from services.deadlines.dto import AcademicYear, Deadline, DeadlineKind
from services.languages import Trilingual
from services.plan_files.dto import Place
from services.plans.dto import Duty, DutyState, Instance, ItemState, NamedUnit, Origin, Plan, PlanItem
from services.responsibles.dto import Alias, Doubt, Party, Share, Unresolved
from services.units.dto import UnitKind

# Looked up in a table: calling an enumeration a hundred thousand times takes a while.
_KINDS = {kind.value: kind for kind in DeadlineKind}
_ORIGINS = {origin.value: origin for origin in Origin}
_ITEM_STATES = {state.value: state for state in ItemState}
_DUTY_STATES = {state.value: state for state in DutyState}
_SHARES = {share.value: share for share in Share}


def plan_of(row: Any) -> Plan:  # noqa: ANN401 -- a row of the table
    """Return a plan."""
    return Plan(
        id=row.id,
        year=AcademicYear(row.year),
        name=row.name,
        file_id=row.file_id,
        file_name=row.file_name,
        ladder=tuple(row.ladder),
        overdue_every=row.overdue_every,
        escalates=row.escalates,
        reminds_from=row.reminds_from,
        version=row.version,
        closed=row.closed_at is not None,
    )


def item_of(row: Any, parties: tuple[Party, ...]) -> PlanItem:  # noqa: ANN401 -- a row of the table
    """Return an item."""
    return PlanItem(
        id=row.id,
        plan_id=row.plan_id,
        key=row.key,
        position=row.position,
        place=None if row.place_table is None else Place(table=row.place_table, row=row.place_row),
        section=row.section,
        number=row.number,
        title=row.title,
        task=row.task,
        deadline=Deadline(
            text=row.deadline_text,
            kind=_KINDS[row.deadline_kind],
            start=row.starts_on,
            due=row.due_on,
            dates=tuple(row.due_dates),
            sure=row.confirmed,
        ),
        confirmed=row.confirmed,
        responsible_text=row.responsible_text,
        participants_text=row.participants_text,
        parties=parties,
        unresolved=tuple(unresolved_of(one) for one in row.unresolved),
        document=row.document,
        indicator=row.indicator,
        budget=row.budget,
        count_target=row.count_target,
        state_language=row.state_language,
        origin=_ORIGINS[row.origin],
        sitting_id=row.sitting_id,
        state=_ITEM_STATES[row.state],
        reason=row.reason,
        version=row.version,
        reminds_from=row.reminds_from,
    )


def values_of(item: PlanItem) -> dict[str, Any]:
    """Return an item's columns, without its id, version and moment."""
    return {
        "plan_id": item.plan_id,
        "key": item.key,
        "position": item.position,
        "place_table": item.place.table if item.place else None,
        "place_row": item.place.row if item.place else None,
        "section": item.section,
        "number": item.number,
        "title": item.title,
        "task": item.task,
        "deadline_text": item.deadline.text,
        "deadline_kind": item.deadline.kind.value,
        "starts_on": item.deadline.start,
        "due_on": item.deadline.due,
        "due_dates": list(item.deadline.dates),
        "confirmed": item.confirmed,
        "responsible_text": item.responsible_text,
        "participants_text": item.participants_text,
        "unresolved": [document_of(one) for one in item.unresolved],
        "document": item.document,
        "indicator": item.indicator,
        "budget": item.budget,
        "count_target": item.count_target,
        "state_language": item.state_language,
        "origin": item.origin.value,
        "sitting_id": item.sitting_id,
        "state": item.state.value,
        "reason": item.reason,
        "reminds_from": item.reminds_from,
    }


def party_of(code: str, share: str, text: str) -> Party:
    """Return a party."""
    return Party(code=code, share=_SHARES[share], text=text)


def unresolved_of(document: dict[str, Any]) -> Unresolved:
    """Return a piece that stands for nobody, from how it is kept."""
    return Unresolved(
        text=document["text"],
        doubt=Doubt(document["doubt"]),
        share=Share(document["share"]),
        candidates=tuple(document["candidates"]),
    )


def document_of(piece: Unresolved) -> dict[str, Any]:
    """Return how a piece that stands for nobody is kept."""
    return {
        "text": piece.text,
        "doubt": piece.doubt.value,
        "share": piece.share.value,
        "candidates": list(piece.candidates),
    }


def instance_of(row: Any) -> Instance:  # noqa: ANN401 -- a row of the table
    """Return an instance."""
    return Instance(
        id=row.id,
        item_id=row.item_id,
        ordinal=row.ordinal,
        starts_on=row.starts_on,
        first_due=row.first_due,
        due=row.due,
        soft=row.soft,
        due_version=row.due_version,
    )


def duty_of(row: Any) -> Duty:  # noqa: ANN401 -- a row of the table with the day of its last report that says done
    """Return a duty."""
    return Duty(
        id=row.id,
        instance_id=row.instance_id,
        unit_code=row.unit_code,
        state=_DUTY_STATES[row.state],
        due=row.due,
        due_version=row.due_version,
        person_id=row.person_id,
        reason=row.reason,
        accepted_at=row.accepted_at,
        done_on=row.done_on,
        reported_on=row.reported_on,
        version=row.version,
    )


def alias_of(row: Any) -> Alias:  # noqa: ANN401 -- text and codes
    """Return an alias that a coordinator taught."""
    return Alias(text=row.text, codes=tuple(row.codes), learned=True)


def named_unit_of(row: Any) -> NamedUnit:  # noqa: ANN401 -- a row of the table
    """Return what a unit or post is called."""
    return NamedUnit(
        id=row.id,
        code=row.code,
        name=Trilingual(ky=row.name_ky, ru=row.name_ru, en=row.name_en),
        abbreviation=row.abbreviation,
        is_post=row.kind == UnitKind.ROLE.value,
    )

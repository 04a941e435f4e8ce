"""What the roster's commands print: documents for programs, tables for people."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from bot.cli.output import print_table

if TYPE_CHECKING:
    from services.corrections.dto import ListedCorrection
    from services.people.dto import PersonChange, RejectedRow, RosterDifference

_SHOWN_REJECTIONS = 50
_SHOWN_UNITS = 50
_LONGEST_VALUE = 60
_COLUMNS = {"group_name": "group"}  # where a column is not called as the fact


def difference_document(difference: "RosterDifference", *, by_name: bool) -> dict[str, object]:
    """Return the JSON document of an import; `by_name`: with everybody whom it touches."""
    document: dict[str, object] = {
        "added": difference.added,
        "changed": difference.changed,
        "removed": difference.removed,
        "unchanged": difference.unchanged,
        "rejected": [{"row": row, "reason": reason} for row, reason in _rejections(difference.rejected)],
        "unknown_units": list(difference.unknown_units),
    }
    if by_name:
        document["people"] = [_person(one) for one in difference.people]
    return document


def print_difference(difference: "RosterDifference", *, dry_run: bool) -> None:
    """Print what was rejected, in a dry run everybody by name, and the counts."""
    rejected = difference.rejected
    if rejected:
        rows = [(str(row), reason) for row, reason in _rejections(rejected[:_SHOWN_REJECTIONS])]
        print_table(("Row", "Reason"), rows)
        if len(rejected) > _SHOWN_REJECTIONS:
            typer.echo(f"… and {len(rejected) - _SHOWN_REJECTIONS} more; --json lists all.")
    if dry_run and difference.people:
        rows_by_name = [row for one in difference.people for row in _rows(one)]
        print_table(("Change", "Number", "Name", "Fact", "Before", "After"), rows_by_name)
    begin = "Would be" if dry_run or rejected else "Done:"
    typer.echo(
        f"{begin} {difference.added} added, {difference.changed} changed, {difference.removed} removed, "
        f"{difference.unchanged} unchanged."
    )


def unknown_units_line(difference: "RosterDifference") -> str:
    """Say which units are unknown, and how many people that leaves without one."""
    named, more = difference.unknown_units[:_SHOWN_UNITS], len(difference.unknown_units) - _SHOWN_UNITS
    rest = f" and {more} more" if more > 0 else ""
    return (
        f"No unit answers to: {'; '.join(named)}{rest}; {difference.without_unit} people have no unit until one does."
    )


def correction_document(one: "ListedCorrection") -> dict[str, object]:
    """Return a correction for a program."""
    return {
        "person_no": one.person_no,
        "name": one.full_name,
        "fact": _column(one.fact),
        "roster_value": one.roster_value,
        "value": one.value,
        "corrected_at": one.corrected_at.isoformat(),
    }


def print_corrections(corrections: "Sequence[ListedCorrection]") -> None:
    """Print the corrections as a table."""
    if not corrections:
        typer.echo("There are no corrections that the source system does not have yet.")
        return
    rows = [
        (one.person_no, one.full_name, _column(one.fact), one.roster_value or "–", one.value or "–",
         f"{one.corrected_at:%Y-%m-%d}")
        for one in corrections
    ]  # fmt: skip
    print_table(("Number", "Name", "Fact", "In the source system", "Correct", "Corrected on"), rows)


def _rejections(rejected: "Sequence[RejectedRow]") -> Iterator[tuple[int, str]]:
    if not rejected:
        return
    from bot.cli.english import in_english

    with in_english():
        from handlers.roster.problems import row_text

        yield from [(one.row, row_text(one)) for one in rejected]


def _person(one: "PersonChange") -> dict[str, object]:
    return {
        "person_no": one.person_no,
        "name": one.full_name,
        "change": one.change.value,
        "facts": {_column(fact.fact): [fact.old, fact.new] for fact in one.facts},
    }


def _rows(one: "PersonChange") -> list[tuple[str, ...]]:
    who = (one.change.value, one.person_no, one.full_name)
    if not one.facts:
        return [(*who, "", "", "")]
    return [(*who, _column(fact.fact), _short(fact.old), _short(fact.new)) for fact in one.facts]


def _column(fact: str) -> str:
    return _COLUMNS.get(fact, fact)


def _short(value: str) -> str:
    shown = value or "–"
    return shown if len(shown) <= _LONGEST_VALUE else f"{shown[: _LONGEST_VALUE - 1]}…"

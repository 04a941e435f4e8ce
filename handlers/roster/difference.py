"""The difference that a file would make, as it fits one message."""

from collections.abc import Iterable, Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.fact_labels import fact_label
from handlers.roster.facts import value_text
from handlers.roster.problems import row_text
from services.people.dto import ChangeKind, PersonChange, Removals, RosterDifference
from services.people.imports_dto import RosterPreview

_NAMES = 8  # of each category
_FACTS = 3
_ROWS = 20
_LONGEST_VALUE = 40
_LONGEST_ROW = 300
_LONGEST_TEXT = 3_800  # Telegram takes 4,096; the sentences at the end must fit, too


def is_long(difference: RosterDifference) -> bool:
    """Tell whether the message does not show everything."""
    touched = [[one for one in difference.people if one.change is kind] for kind in ChangeKind]
    return (
        any(len(people) > _NAMES for people in touched)
        or any(len(one.facts) > _FACTS for one in difference.people)
        or len(difference.rejected) > _ROWS
        or _length(_body(difference)) > _LONGEST_TEXT
    )


def difference_text(preview: RosterPreview) -> str:
    """Say what would change, by number and by name, and what keeps the file from being imported."""
    difference = preview.difference
    head = [_("📋 <b>{file}</b>").format(file=html.quote(preview.file_name)), "", _counts(difference)]
    end = ["", _end(preview)]
    room = _LONGEST_TEXT - _length(head) - _length(end)
    return "\n".join([*head, *_fitting(_body(difference), room), *end])


def _body(difference: RosterDifference) -> list[str]:
    lines = [line for warning in _warnings(difference) for line in ("", warning)]
    if difference.rejected:
        rows = [_("Row {row}: {reason}").format(row=one.row, reason=_short(row_text(one), _LONGEST_ROW))
                for one in difference.rejected[:_ROWS]]  # fmt: skip
        lines += ["", _("<b>Rows that cannot be taken:</b>"), *map(html.quote, rows)]
        lines += _more(len(difference.rejected) - _ROWS)
    titles = {
        ChangeKind.REMOVED: _("<b>Would be removed:</b>"),
        ChangeKind.ADDED: _("<b>New:</b>"),
        ChangeKind.RETURNED: _("<b>Back again:</b>"),
        ChangeKind.CHANGED: _("<b>Changed:</b>"),
    }
    for kind, title in titles.items():
        people = [one for one in difference.people if one.change is kind]
        if people:
            lines += ["", title, *(f"• {_person(one)}" for one in people[:_NAMES]), *_more(len(people) - _NAMES)]
    return lines


def _person(one: PersonChange) -> str:
    who = f"{html.quote(one.full_name)} ({html.quote(one.person_no)})"
    facts = "; ".join(
        f"{fact_label(fact.fact)}: {_value(fact.fact, fact.old)} → {_value(fact.fact, fact.new)}"
        for fact in one.facts[:_FACTS]
    )
    rest = "; …" if len(one.facts) > _FACTS else ""
    return f"{who}: {html.quote(facts)}{rest}" if facts else who


def _counts(difference: RosterDifference) -> str:
    returned = sum(one.change is ChangeKind.RETURNED for one in difference.people)
    lines = [
        _("New: {number}").format(number=difference.added),
        _("Changed: {number}").format(number=difference.changed - returned),
        _("Back again: {number}").format(number=returned),
        _("Would be removed: {number}").format(number=difference.removed),
        _("Unchanged: {number}").format(number=difference.unchanged),
    ]
    if difference.rejected:
        lines.append(_("Rows that cannot be taken: {number}").format(number=len(difference.rejected)))
    return "\n".join(lines)


def _warnings(difference: RosterDifference) -> Iterable[str]:
    for one in difference.too_many:
        yield _too_many(one)
    if difference.unknown_columns:
        names = _short(", ".join(difference.unknown_columns), _LONGEST_ROW)
        yield _("⚠️ These columns mean nothing to me and are left out: {names}").format(names=html.quote(names))
    if difference.unknown_units:
        names = _short("; ".join(difference.unknown_units), _LONGEST_ROW)
        yield _("⚠️ No unit answers to: {names}. People without a unit until one does: {number}").format(
            names=html.quote(names), number=difference.without_unit
        )


def _too_many(one: Removals) -> str:
    values = {"removed": one.removed, "present": one.present}
    if one.kind == "student":
        return _("⚠️ Of {present} students {removed} are not in the file. That is more than 5 %.").format(**values)
    return _("⚠️ Of {present} staff {removed} are not in the file. That is more than 5 %.").format(**values)


def _end(preview: RosterPreview) -> str:
    if preview.difference.rejected:
        return _("Nothing was written. Put the rows right and send the file again.")
    if preview.draft_id is None:
        return _("The roster is the same as the file already; there is nothing to confirm.")
    return _("Nothing has been written yet. Confirm it within a day, or cancel.")


def _fitting(lines: Sequence[str], room: int) -> list[str]:
    """Return as many lines as there is room for."""
    kept: list[str] = []
    for line in lines:
        room -= _length([line])
        if room < 0:
            return [*kept, "…"]
        kept.append(line)
    return kept


def _more(number: int) -> list[str]:
    return [_("… and {number} more").format(number=number)] if number > 0 else []


def _value(fact: str, value: str) -> str:
    return _short(value_text(fact, value), _LONGEST_VALUE)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _length(lines: Sequence[str]) -> int:
    """Return how much of a message lines take, as Telegram counts; markup counts, too, which does no harm."""
    return sum(len(line.encode("utf-16-le")) // 2 + 1 for line in lines)

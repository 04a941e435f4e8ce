"""Rules about people, without I/O."""

from dataclasses import fields

from services.people.dto import RosterEntry

#: More than this share of a kind may not vanish in one import unless the operator insists.
REMOVAL_LIMIT = 0.05


def full_name(last_name: str, first_name: str, patronymic: str) -> str:
    """Join the parts as the roster writes them; empty parts are skipped, letters are never changed."""
    return " ".join(part for part in (last_name, first_name, patronymic) if part)


def changed_fields(old: RosterEntry, new: RosterEntry) -> tuple[str, ...]:
    """Return the names of the fields in which two entries differ."""
    return tuple(field.name for field in fields(RosterEntry) if getattr(old, field.name) != getattr(new, field.name))


def removes_too_many(present: int, removed: int) -> bool:
    """Tell whether an import takes more than 5 % of a kind out of the roster."""
    return removed > present * REMOVAL_LIMIT

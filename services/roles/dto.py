"""Who holds a role."""

from dataclasses import dataclass

from services.access import LinkedPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """An account, or a person, whichever account is linked to them (exactly one is set)."""

    telegram_id: int | None = None
    person: LinkedPerson | None = None

"""Which facts of a request have a place on its paper, and which of them is asked for next."""

from collections.abc import Collection, Iterator, Mapping

from services.certificates.dto import Source
from services.certificates.rules import is_wanted
from services.requests.dto import DeskFact, RequestOnDesk


def values_of(shown: RequestOnDesk) -> Mapping[str, str]:
    """Return what is known for the paper."""
    return {fact.rule.name: fact.value for fact in shown.facts if fact.value}


def wanted(shown: RequestOnDesk, *sources: Source) -> Iterator[DeskFact]:
    """Return the facts from these sources that have a place on the paper now."""
    values = values_of(shown)
    return (fact for fact in shown.facts if fact.rule.source in sources and is_wanted(fact.rule, values))


def enterable(shown: RequestOnDesk) -> list[DeskFact]:
    """Return what the desk may enter or change: its own facts first, then those of the person."""
    return [*wanted(shown, Source.DESK), *wanted(shown, Source.ASKED)]


def find(shown: RequestOnDesk, name: str) -> DeskFact | None:
    """Return a fact that may be entered."""
    return next((fact for fact in enterable(shown) if fact.rule.name == name), None)


def next_fact(shown: RequestOnDesk, passed: Collection[str]) -> DeskFact | None:
    """Return the next empty fact of the desk that was not asked for in this round, then what the person left out."""
    return next(
        (
            fact
            for fact in enterable(shown)
            if not fact.value
            and fact.rule.name not in passed
            and (fact.rule.source is Source.DESK or fact.rule.name in shown.lacking)
        ),
        None,
    )

"""Rules of requests, without I/O."""

from collections.abc import Collection, Mapping

from services.certificates.dto import CertificateKind, FactRule, Requirement, Source
from services.certificates.rules import is_wanted
from services.requests.dto import DeskOfficial, DueRequest, ReadyReason, RequestState

#: What is not decided yet.
OPEN_STATES = frozenset({RequestState.UNPAID, RequestState.WAITING, RequestState.TAKEN, RequestState.ASKED})
#: What a desk decides about.
QUEUED_STATES = frozenset({RequestState.WAITING, RequestState.TAKEN, RequestState.ASKED})
#: What a desk can work on now; for the rest it waits for the person.
WORKABLE_STATES = frozenset({RequestState.WAITING, RequestState.TAKEN})
MOST_OPEN = 10  # requests of one person
LONGEST_WORDS = 500  # signs of a question, an answer, a reason
PAGE = 8  # requests on a screen
MOST_IN_BULK = 500
_READY = "ready:"


def readable(text: str, longest: int = LONGEST_WORDS) -> str | None:
    """Return what somebody wrote without spaces around it, or None if it is empty or too long."""
    words = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    return words if 0 < len(words) <= longest else None


def written_reason(reason: ReadyReason) -> str:
    """Return a ready reason as it is kept in the place of an official's own words."""
    return f"{_READY}{reason.value}"


def ready_reason(written: str) -> ReadyReason | None:
    """Return the ready reason that is kept; None for an official's own words."""
    name = written.removeprefix(_READY)
    return ReadyReason(name) if written.startswith(_READY) and name in set(ReadyReason) else None


def is_at_once(kind: CertificateKind) -> bool:
    """Tell whether nobody decides about the kind; whoever pays is waited for by a desk."""
    return not (kind.approved or kind.fee)


def questions(kind: CertificateKind, facts: Mapping[str, str]) -> tuple[FactRule, ...]:
    """Return what is asked of a person beside the facts that are known."""
    return tuple(rule for rule in kind.facts_from(Source.ASKED) if is_wanted(rule, facts))


def unanswered(kind: CertificateKind, facts: Mapping[str, str], *sources: Source) -> tuple[str, ...]:
    """Return the names of the facts from these sources without which there is no paper."""
    return tuple(
        rule.name
        for rule in kind.facts
        if rule.source in sources
        and rule.requirement is Requirement.REQUIRED
        and rule.name not in facts
        and is_wanted(rule, facts)
    )


def tidied(kind: CertificateKind, given: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Return the given facts that have a place on the paper; `known`: the others. What was asked for in vain goes."""
    kept = {rule.name: given[rule.name] for rule in kind.facts if rule.name in given}
    while True:
        facts = {**known, **kept}
        idle = [name for name in kept if (rule := kind.fact(name)) is None or not is_wanted(rule, facts)]
        if not idle:
            return kept
        for name in idle:
            del kept[name]


def who_answers(desk: str, officials: Collection[DeskOfficial]) -> list[int]:
    """Return the accounts that are told about a desk: its own registrars, else those of the whole university."""
    own = [one.account_id for one in officials if desk in one.units]
    return own or [one.account_id for one in officials if one.everywhere]


def who_sits(desk: str, officials: Collection[DeskOfficial]) -> set[int]:
    """Return the accounts that may answer at a desk, whoever is told about it."""
    return {one.account_id for one in officials if desk in one.units or one.everywhere or one.administrator}


def who_is_told(request: DueRequest, officials: Collection[DeskOfficial]) -> list[int]:
    """Return the accounts that are told about a request: who holds it, while they sit at its desk, else the desk."""
    holder = [one for one in who_sits(request.desk, officials) if one == request.taken_by]
    return holder or who_answers(request.desk, officials)


def concerns(request: DueRequest, account_id: int, officials: Collection[DeskOfficial]) -> bool:
    """Tell whether an account may answer a request now: it sits at the desk, and no colleague there holds it."""
    sitting = who_sits(request.desk, officials)
    return account_id in sitting and (request.taken_by == account_id or request.taken_by not in sitting)

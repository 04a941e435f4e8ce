"""Rules of requests, without I/O: what may be typed, who may be meant."""

from collections.abc import Sequence
from datetime import timedelta

from services.languages import Language
from services.link_requests.dto import Alike, Candidate, TypedFacts
from services.people.rules import group_key, number_key, typed_words

SHORTEST, LONGEST = 2, 120
LONGEST_REASON = 300
#: Requests of an account; those that were withdrawn or ended in a link are not counted.
REQUESTS = 3
#: Officials are not told again of an account that asked and withdrew so recently; the queue shows it all the same.
TOLD_EVERY = timedelta(hours=1)
CANDIDATES = 5
#: How long a request is kept after it was decided or withdrawn; what officials did stays in the audit.
DECIDED_REQUEST_PERIOD = timedelta(days=365)


def readable(text: str, longest: int = LONGEST) -> str | None:
    """Return a typed fact in one line, or None if it is too short or too long."""
    line = " ".join(text.split())
    return line if SHORTEST <= len(line) <= longest else None


def alike(facts: TypedFacts, candidate: Candidate) -> Alike:
    """Compare what was typed with the roster; the parts of a name may stand in any order, the patronymic may lack."""
    person = candidate.standing.person
    return Alike(
        name=_is_name(typed_words(facts.name), typed_words(person.full_name)),
        group_name=_is_group(facts.group_name, candidate),
        person_no=number_key(facts.person_no) == number_key(person.person_no),
    )


def likest(facts: TypedFacts, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the few candidates that agree in most, the likest first: by number, then name, then group."""

    def weight(candidate: Candidate) -> tuple[int, int]:
        found = alike(facts, candidate)
        shared = set(typed_words(facts.name)) & set(typed_words(candidate.standing.person.full_name))
        return 4 * found.person_no + 2 * found.name + found.group_name, len(shared)

    known = {candidate.standing.person.id: candidate for candidate in candidates}
    return tuple(sorted(known.values(), key=weight, reverse=True)[:CANDIDATES])


def _is_name(typed: Sequence[str], stored: Sequence[str]) -> bool:
    """Tell whether surname and first name are among the typed words, and nothing was typed that is not in the name."""
    return len(typed) > 1 and set(typed) <= set(stored) and set(stored[:2]) <= set(typed)


def _is_group(typed: str, candidate: Candidate) -> bool:
    """Students have a group; of staff any part of their post and unit will do, in any language."""
    key = group_key(typed)
    if candidate.group_name:
        return key == group_key(candidate.group_name)
    places = (candidate.place.get(language) for language in Language)
    return bool(key) and any(key in group_key(place) for place in places)

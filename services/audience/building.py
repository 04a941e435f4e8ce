"""An audience put together value by value. None: nobody is chosen yet; that is never the same as everybody."""

from dataclasses import replace

from services.audience.dto import GUEST, Audience, Term, TermKey
from services.audience.names import FOREIGN
from services.people.dto import PersonKind

_EVERYBODY = (*(kind.value for kind in PersonKind), GUEST)


def holds_value(audience: Audience | None, key: TermKey, value: str, *, excluded: bool) -> bool:
    """Tell whether a value is among those that are included, or excluded."""
    return audience is not None and value in _values(audience.excluded if excluded else audience.included, key)


def toggled(audience: Audience | None, key: TermKey, value: str, *, excluded: bool) -> Audience | None:
    """Return an audience with this value more, or with it less if it is there; it never stands on both sides.

    Who adds guests to everybody means both.
    """
    if audience is None:
        audience = Audience()
        return _with(audience, key, value, excluded=excluded)
    if holds_value(audience, key, value, excluded=excluded):
        return without(audience, key, value, excluded=excluded)
    if value == GUEST and not audience.included and not excluded:
        everybody = Term(key=TermKey.ROLE, values=_EVERYBODY)
        return replace(_less(audience, key, value, excluded=True), included=(everybody,))
    return _with(_less(audience, key, value, excluded=not excluded), key, value, excluded=excluded)


def without(audience: Audience, key: TermKey, value: str, *, excluded: bool) -> Audience | None:
    """Return an audience without a value; where that was the last one that was included, nobody is chosen any more."""
    return _unless_emptied(audience, _less(audience, key, value, excluded=excluded))


def without_term(audience: Audience | None, term: Term, *, excluded: bool) -> Audience | None:
    """Return an audience without one of its terms."""
    if audience is None:
        return None
    kept = tuple(one for one in (audience.excluded if excluded else audience.included) if one != term)
    return _unless_emptied(audience, replace(audience, **{"excluded" if excluded else "included": kept}))


def everybody(audience: Audience | None) -> Audience:
    """Return all linked people but those who are excluded."""
    return Audience(excluded=audience.excluded if audience else ())


def foreign_students(audience: Audience | None) -> Audience | None:
    """Return an audience of foreign students only, whatever else it asks for; or without that if it asks it already."""
    if audience is not None and holds_value(audience, TermKey.CITIZENSHIP, FOREIGN, excluded=False):
        return without(audience, TermKey.CITIZENSHIP, FOREIGN, excluded=False)
    foreign = toggled(audience, TermKey.CITIZENSHIP, FOREIGN, excluded=False)
    if holds_value(foreign, TermKey.ROLE, PersonKind.STUDENT.value, excluded=False):
        return foreign
    return toggled(foreign, TermKey.ROLE, PersonKind.STUDENT.value, excluded=False)


def written(audience: Audience | None) -> str:
    """Return an audience as a draft keeps it."""
    return str(audience) if audience else ""


def _with(audience: Audience, key: TermKey, value: str, *, excluded: bool) -> Audience:
    """Add a value to the last term of its kind, or a term."""
    terms = audience.excluded if excluded else audience.included
    place = next((place for place, term in reversed(list(enumerate(terms))) if term.key is key), None)
    if place is None:
        changed = (*terms, Term(key=key, values=(value,)))
    else:
        wider = replace(terms[place], values=(*terms[place].values, value))
        changed = (*terms[:place], wider, *terms[place + 1 :])
    return replace(audience, **{"excluded" if excluded else "included": changed})


def _less(audience: Audience, key: TermKey, value: str, *, excluded: bool) -> Audience:
    terms = audience.excluded if excluded else audience.included
    fewer = [
        replace(term, values=tuple(one for one in term.values if one != value)) if term.key is key else term
        for term in terms
    ]
    kept = tuple(term for term in fewer if term.values)
    return replace(audience, **{"excluded" if excluded else "included": kept})


def _unless_emptied(before: Audience, after: Audience) -> Audience | None:
    """Whoever takes back the last choice does not mean everybody by that."""
    return None if before.included and not after.included else after


def _values(terms: tuple[Term, ...], key: TermKey) -> set[str]:
    return {value for term in terms if term.key is key for value in term.values}

"""For whom a kind of certificate is, without I/O."""

from services.certificates.dto import Audience, CertificateKind
from services.certificates.errors import KindNotForYou, NotAStudent, NotStudying
from services.people.countries import is_foreign
from services.people.dto import PersonKind, PersonStatus, RosterEntry

_PART_TIME = "part_time"

_BY_STATUS = {
    PersonStatus.ACTIVE: Audience.STUDENT,
    PersonStatus.LEAVE: Audience.ON_LEAVE,
    PersonStatus.GRADUATED: Audience.GRADUATE,
    PersonStatus.EXPELLED: Audience.FORMER_STUDENT,
}


def audiences_of(entry: RosterEntry) -> frozenset[Audience]:
    """Return what a person of the roster is today."""
    if entry.kind is PersonKind.STAFF:
        return frozenset({Audience.STAFF}) if entry.status is PersonStatus.ACTIVE else frozenset()
    found = {_BY_STATUS[entry.status]}
    if entry.status is PersonStatus.ACTIVE:
        if is_foreign(entry.citizenship):
            found.add(Audience.FOREIGN_STUDENT)
        if entry.study_form == _PART_TIME:
            found.add(Audience.EXTRAMURAL)
    return frozenset(found)


def is_for(kind: CertificateKind, entry: RosterEntry) -> bool:
    """Tell whether a kind is for a person as the roster has them."""
    return bool(kind.audience & audiences_of(entry)) and all(
        str(getattr(entry, fact)) in values for fact, values in kind.only.items()
    )


def require_for(kind: CertificateKind, entry: RosterEntry) -> None:
    """Refuse a kind that is not for the person, and say why as far as the person can do something about it."""
    if is_for(kind, entry):
        return
    if kind.audience <= {Audience.STUDENT, Audience.FOREIGN_STUDENT, Audience.EXTRAMURAL}:
        require_studying(entry)
    raise KindNotForYou(kind)


def require_studying(entry: RosterEntry) -> None:
    """Refuse who does not study now."""
    if entry.kind is not PersonKind.STUDENT:
        raise NotAStudent
    if entry.status is not PersonStatus.ACTIVE:
        raise NotStudying(entry.status)

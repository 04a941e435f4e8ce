"""Whether the university still confirms a certificate: while its holder is what the kind is for. Without I/O."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.certificates.dto import Audience, CertificateKind
from services.people.dto import PersonKind, PersonStatus

_PART_TIME = "part_time"
_BY_STATUS: Mapping[PersonStatus, frozenset[Audience]] = {
    PersonStatus.ACTIVE: frozenset({Audience.STUDENT, Audience.FOREIGN_STUDENT}),
    PersonStatus.LEAVE: frozenset({Audience.ON_LEAVE}),
    PersonStatus.GRADUATED: frozenset({Audience.GRADUATE}),
    PersonStatus.EXPELLED: frozenset({Audience.FORMER_STUDENT}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """What the roster says of a holder today, as far as a confirmation asks."""

    kind: PersonKind
    status: PersonStatus
    study_form: str
    in_roster: bool


def is_confirmed(kind: CertificateKind | None, holder: Holder) -> bool:
    """Tell whether the university still confirms a certificate of a kind; of one it issues no more, as of a student's.

    A kind that states what is past (grades, a check of a thesis) is confirmed whatever became of its holder.
    """
    wanted = kind.confirmed_for if kind else frozenset({Audience.STUDENT, Audience.STAFF})
    if not wanted:
        return True
    return holder.in_roster and bool(wanted & _what_they_are(holder))


def _what_they_are(holder: Holder) -> frozenset[Audience]:
    if holder.kind is PersonKind.STAFF:
        return frozenset({Audience.STAFF}) if holder.status is PersonStatus.ACTIVE else frozenset()
    found = _BY_STATUS[holder.status]
    extramural = holder.status is PersonStatus.ACTIVE and holder.study_form == _PART_TIME
    return found | {Audience.EXTRAMURAL} if extramural else found

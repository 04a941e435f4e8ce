"""From a person, a kind and what was typed to a paper that may be issued; no I/O but the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from services.certificates.dto import CertificateKind, Replaced, Source
from services.certificates.eligibility import require_for
from services.certificates.errors import (
    AnswersMissing,
    FactsMissing,
    FactsUnprintable,
    KindNotOffered,
    LanguageNotOffered,
)
from services.certificates.fields import FieldProblem, FieldRefused
from services.certificates.ports import Stationery
from services.certificates.rules import Profile, facts_of, lacking_in_roster, missing_facts
from services.languages import Language
from services.ports import Calendar, Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A paper that was found right and has no number yet.

    `facts`: all that it says, as `FactType` keeps them. `replaces`: the certificate in whose place it will stand.
    """

    profile: Profile
    kind: CertificateKind
    language: Language
    facts: Mapping[str, str]
    moment: datetime
    day: date
    replaces: Replaced | None = None


class Drafting:
    """Finds out whether a paper may be issued, for whoever issues: a tap, a desk, a batch, a correction."""

    def __init__(
        self, clock: Clock, calendar: Calendar, stationery: Stationery, kinds: Mapping[str, CertificateKind]
    ) -> None:
        self._clock = clock
        self._calendar = calendar
        self._stationery = stationery
        self._kinds = kinds

    @property
    def kinds(self) -> Mapping[str, CertificateKind]:
        """The kinds that exist, by id, in the order of the university's file."""
        return self._kinds

    def get_kind(self, kind_id: str) -> CertificateKind:
        """Return a kind; refuse one that does not exist (any more)."""
        if kind_id not in self._kinds:
            raise KindNotOffered
        return self._kinds[kind_id]

    def require_offered(self, profile: Profile, kind_id: str, language: Language) -> CertificateKind:
        """Return the kind if it is for the person and in the language."""
        kind = self.get_kind(kind_id)
        require_for(kind, profile.entry)
        if language not in kind.languages:
            raise LanguageNotOffered
        return kind

    def draft(
        self,
        profile: Profile,
        kind_id: str,
        language: Language,
        given: Mapping[str, str] | None = None,
        replaces: Replaced | None = None,
    ) -> Draft:
        """Put together what the paper says, or refuse.

        `given`: facts asked of the person and entered by the desk, as `services.certificates.fields` read them.
        """
        kind = self.require_offered(profile, kind_id, language)
        now = self._clock.now()
        day = self._calendar.today(now)
        facts = facts_of(profile, kind, language, given or {})
        if missing := missing_facts(profile, kind, facts):
            asked = {rule.name for rule in kind.facts_from(Source.ASKED)}
            if unanswered := asked.intersection(missing):
                raise AnswersMissing(kind, sorted(unanswered))
            raise FactsMissing(kind, language, missing)
        self._refuse_unprintable(kind, facts)
        _refuse_disordered(kind, facts)
        _refuse_ended(kind, facts, day)
        return Draft(profile=profile, kind=kind, language=language, facts=facts, moment=now, day=day, replaces=replaces)

    def require_roster_facts(self, profile: Profile, kind: CertificateKind, language: Language) -> None:
        """Refuse now what the roster lacks, before anybody is asked for the rest."""
        if lacking := lacking_in_roster(profile, kind, language):
            raise FactsMissing(kind, language, lacking)
        self._refuse_unprintable(kind, facts_of(profile, kind, language, {}))

    def _refuse_unprintable(self, kind: CertificateKind, facts: Mapping[str, str]) -> None:
        unprintable = tuple(name for name, value in facts.items() if not self._stationery.can_print(value))
        if unprintable:
            raise FactsUnprintable(kind, unprintable)


def _refuse_disordered(kind: CertificateKind, facts: Mapping[str, str]) -> None:
    """Refuse a date before the one that it must follow: the earlier one may have been corrected afterwards."""
    for rule in kind.facts:
        earlier, own = facts.get(rule.not_before, ""), facts.get(rule.name, "")
        if earlier and own and own < earlier:
            raise FieldRefused(rule, FieldProblem.BEFORE_OTHER, earlier)


def _refuse_ended(kind: CertificateKind, facts: Mapping[str, str], day: date) -> None:
    """Refuse a paper whose validity would be over on the day of its issue."""
    rule = kind.fact(kind.valid_until_fact)
    if rule is not None and facts.get(rule.name, "") < day.isoformat():
        raise FieldRefused(rule, FieldProblem.BEFORE_OTHER, day.isoformat())

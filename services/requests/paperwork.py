"""What both sides of a request go by: kinds, typed facts, drafts, promises."""

from collections.abc import Mapping
from datetime import date, datetime

from services.certificates.drafting import Draft, Drafting
from services.certificates.dto import CertificateKind, FactType, Paper, PaperOrder, Source
from services.certificates.eligibility import is_for
from services.certificates.fields import FieldReader
from services.certificates.ports import Stationery
from services.certificates.rules import CODE_LENGTH, Profile, facts_of, valid_until
from services.languages import Language
from services.ports import Calendar, Clock
from services.requests.dto import CertificateRequest
from services.requests.errors import FactsNotEntered, NotForPerson
from services.requests.ports import ChoiceWords, Workdays
from services.requests.rules import tidied, unanswered

_NOBODYS_NUMBER = "0000-00000"
_NOBODYS_CODE = "0" * CODE_LENGTH


class Paperwork:
    """The rules of the kinds, brought together with the clock, the calendar and the university's words."""

    def __init__(
        self,
        clock: Clock,
        calendar: Calendar,
        drafting: Drafting,
        stationery: Stationery,
        workdays: Workdays,
        words: ChoiceWords,
    ) -> None:
        self._clock = clock
        self._calendar = calendar
        self._stationery = stationery
        self._workdays = workdays
        self._words = words
        self.drafting = drafting

    def now(self) -> datetime:
        """Return the moment."""
        return self._clock.now()

    def today(self) -> date:
        """Return the university's day."""
        return self._calendar.today(self._clock.now())

    def find_kind(self, kind_id: str) -> CertificateKind | None:
        """Return a kind, if the university's file has it."""
        return self.drafting.kinds.get(kind_id)

    async def promise(self, kind: CertificateKind) -> date:
        """Return the day by whose end a request of now is answered."""
        return await self._workdays.add(self.today(), kind.promised_days)

    def read(self, kind: CertificateKind, name: str, text: str, facts: Mapping[str, str]) -> str:
        """Return a typed fact as it is kept, or refuse it."""
        rule = kind.fact(name)
        if rule is None:
            raise KeyError(name)
        reader = FieldReader(
            today=self.today(),
            can_print=self._stationery.can_print,
            choices=lambda fact, key: self._words(kind.id, fact, key),
        )
        return reader.read(rule, text, facts)

    def read_again(self, kind: CertificateKind, given: Mapping[str, str]) -> dict[str, str]:
        """Return what somebody gave to a form, held against the kind as it is now; facts it does not ask for go."""
        kept: dict[str, str] = {}
        for rule in kind.facts_from(Source.ASKED):
            if value := given.get(rule.name, ""):
                kept[rule.name] = (
                    value if rule.type is FactType.TABLE else self.read(kind, rule.name, value, {**given, **kept})
                )
        return kept

    def known(self, profile: Profile, kind: CertificateKind, language: Language) -> dict[str, str]:
        """Return what the roster knows for a paper."""
        return facts_of(profile, kind, language, {})

    def given_of(self, profile: Profile, kind: CertificateKind, request: CertificateRequest) -> dict[str, str]:
        """Return what was asked and entered for a request, as far as it has a place on the paper."""
        known = self.known(profile, kind, request.language)
        return tidied(kind, {**request.asked, **request.entered}, known)

    def facts_of(self, profile: Profile, kind: CertificateKind, request: CertificateRequest) -> dict[str, str]:
        """Return all that the paper of a request would say now."""
        return facts_of(profile, kind, request.language, self.given_of(profile, kind, request))

    def lacking(self, profile: Profile, kind: CertificateKind, request: CertificateRequest) -> tuple[str, ...]:
        """Return what the desk still has to enter."""
        return unanswered(kind, self.facts_of(profile, kind, request), Source.DESK, Source.ASKED)

    def draft(self, profile: Profile | None, request: CertificateRequest) -> Draft:
        """Return the paper of a request, or refuse as its desk has to hear it."""
        kind = self.find_kind(request.kind)
        if kind is None or profile is None or not is_for(kind, profile.entry):
            raise NotForPerson(kind)
        if lacking := self.lacking(profile, kind, request):
            raise FactsNotEntered(kind, lacking)
        given = self.given_of(profile, kind, request)
        return self.drafting.draft(profile, kind.id, request.language, given)

    def preview_of(self, draft: Draft) -> Paper:
        """Return the paper as it would be printed, under a number and a code that are nobody's."""
        order = PaperOrder(
            kind=draft.kind.id,
            language=draft.language,
            number=_NOBODYS_NUMBER,
            code=_NOBODYS_CODE,
            issued_on=draft.day,
            valid_until=valid_until(draft.kind, draft.day, draft.facts),
            facts=draft.facts,
            replaces=draft.replaces,
        )
        return self._stationery.compose(order)

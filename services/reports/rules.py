"""Rules of reports, without I/O."""

from collections.abc import Iterator, Mapping

from services.certificates.dto import CertificateKind, FactRule, FactType, Source
from services.certificates.rules import Profile
from services.corrections.dto import Fact
from services.corrections.rules import value_of
from services.languages import Language
from services.reports.dto import Correctability, ReportableCertificate, ReportableFact
from services.reports.errors import NotOnPaper

LONGEST_REASON = 300
LONGEST_VALUE = 300
_NAME_PARTS = (Fact.LAST_NAME, Fact.FIRST_NAME, Fact.PATRONYMIC)
#: Only picks the sentences of a paper; what is wrong then is seen in them.
_NOT_PRINTED = frozenset({"status"})
_IN_THREE_LANGUAGES = frozenset({"programme", "post"})


def reportable_facts(
    kind: CertificateKind, language: Language, facts: Mapping[str, str], profile: Profile | None
) -> tuple[ReportableFact, ...]:
    """Return what of a certificate can be reported: all that it prints or could print but tables and computed days."""
    return tuple(fact for rule in kind.facts for fact in _of_rule(rule, language, facts.get(rule.name, ""), profile))


def find_fact(certificate: ReportableCertificate, name: str) -> ReportableFact:
    """Return a reportable fact by name."""
    found = next((fact for fact in certificate.facts if fact.name == name), None)
    if found is None:
        raise NotOnPaper
    return found


def _of_rule(rule: FactRule, language: Language, value: str, profile: Profile | None) -> Iterator[ReportableFact]:
    if rule.source is Source.ROSTER:
        yield from _of_roster(rule, language, value, profile)
    elif rule.source is not Source.COMPUTED and rule.type is not FactType.TABLE and value:
        yield _fact(rule, rule.name, value, Correctability.PAPER)


def _of_roster(rule: FactRule, language: Language, value: str, profile: Profile | None) -> Iterator[ReportableFact]:
    if rule.name == "name" and language is not Language.EN:
        for part in _NAME_PARTS:
            known = value_of(profile.entry, part) if profile else ""
            yield _fact(rule, part.value, known, Correctability.ROSTER)
        return
    name = _roster_name(rule.name, language)
    yield _fact(rule, name, value, Correctability.ROSTER if name in set(Fact) else Correctability.SOURCE)


def _fact(rule: FactRule, name: str, value: str, correctability: Correctability) -> ReportableFact:
    return ReportableFact(
        name=name, rule=rule.name, value=value, correctability=correctability, type=rule.type, choices=rule.choices
    )


def _roster_name(name: str, language: Language) -> str:
    if name == "name":
        return Fact.NAME_LATIN.value
    return f"{name}_{language.value}" if name in _IN_THREE_LANGUAGES else name

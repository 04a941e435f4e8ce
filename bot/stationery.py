"""The university's papers as services and the conversation see them."""

from dataclasses import dataclass
from decimal import Decimal

from bot.documents.coverage import can_print
from bot.documents.links import PublicLinks
from bot.documents.paper import compose, describe_fact
from bot.documents.university_model import University
from bot.documents.university_rules import label_of
from bot.localtime import LocalTime
from services.certificates.dto import CertificateKind, FactRule, Paper, PaperOrder, PublicFact
from services.languages import Language, Trilingual
from services.university import Office, UniversityCard


@dataclass(frozen=True, slots=True)
class UniversityStationery:
    """Puts orders into sentences with the university's own words (`services.certificates.ports.Stationery`)."""

    university: University
    links: PublicLinks

    def compose(self, order: PaperOrder) -> Paper:
        """Return all that the paper prints."""
        return compose(self.university, order, self.links)

    def can_print(self, text: str) -> bool:
        """Tell whether the paper's fonts have every sign of the text."""
        return can_print(text)


@dataclass(frozen=True, slots=True)
class UniversityWords:
    """The words of papers for chat and page (`handlers.common.ports.PaperWords`)."""

    university: University
    localtime: LocalTime

    def label(self, kind: str, fact_name: str, language: Language) -> str:
        """Return what a fact is called."""
        wording = self.university.kinds.get(kind)
        label = label_of(self.university, wording, fact_name) if wording else None
        return label.get(language) if label else fact_name

    def hint(self, kind: str, fact_name: str, language: Language) -> str:  # noqa: ARG002 -- the file has no hints yet
        """Return what to write where a fact is asked for; empty where the label says it all."""
        return ""

    def head(self, kind: str, table: str, column: str, language: Language) -> str:  # noqa: ARG002 -- nor tables
        """Return what stands above a column of a table."""
        return column

    def choice(self, kind: str, fact_name: str, key: str, language: Language) -> str:
        """Return the word for a choice of a fact or of a table's column; the key itself if it has none."""
        word = self.university.choice(kind, fact_name, key)
        return word.get(language) if word else key

    def value(self, kind: str, rule: FactRule, stored: str, language: Language) -> str:
        """Return a stored value as its owner and the desk read it; a table is told by the number of its rows."""
        return describe_fact(self.university, kind, rule.name, rule.type, stored, language, self.localtime)[1]

    def money(self, amount: Decimal, language: Language) -> str:
        """Return an amount in som."""
        return f"{amount} {'som' if language is Language.EN else 'сом'}"

    def describe(self, kind: str, fact: PublicFact, language: Language) -> tuple[str, str]:
        """Return a fact's label and its value in the reader's language."""
        return describe_fact(self.university, kind, fact.name, fact.type, fact.value, language, self.localtime)


def kinds_of(university: University) -> dict[str, CertificateKind]:
    """Return the kinds on offer by id, in the order of the university's file."""
    return {kind.id: kind for kind in university.certificate_kinds}


def card_of(university: University) -> UniversityCard:
    """Return what the conversation needs to know of the university."""
    name, office = university.name, university.study_office
    return UniversityCard(
        name=Trilingual(**{language.value: name.get(language) for language in Language}),
        study_office=Office(
            name=office.name, place=office.place, hours=office.hours, phone=office.phone, email=office.email
        ),
    )

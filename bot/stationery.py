"""The university's papers as services and the conversation see them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.documents import told, values
from bot.documents.coverage import can_print
from bot.documents.links import PublicLinks
from bot.documents.paper import compose
from bot.documents.university_model import University
from services.certificates.dto import CertificateKind, FactRule, FactType, Paper, PaperOrder, PublicFact
from services.certificates.fields import FieldReader
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

    def label(self, kind: str, fact_name: str, language: Language) -> str:
        """Return what a fact is called."""
        return told.label(self.university, kind, fact_name, language)

    def kind_name(self, kind: str, language: Language) -> str:
        """Return what a kind is called; its id where the university has it no more."""
        wording = self.university.kinds.get(kind)
        return wording.kind.name.get(language) if wording else kind

    def desk_name(self, desk: str, language: Language) -> str:
        """Return what a desk is called; its code where no kind names it."""
        names = (kind.desk_name for kind in self.university.certificate_kinds if kind.desk == desk)
        name = next(names, None)
        return name.get(language) if name else desk

    def hint(self, kind: str, fact_name: str, language: Language) -> str:
        """Return what to write where a fact is asked for; empty where the label says it all."""
        hint = self.university.hint(kind, fact_name)
        return hint.get(language) if hint else ""

    def head(self, kind: str, table: str, column: str, language: Language) -> str:
        """Return what stands above a column of a table."""
        return self.university.kinds[kind].heads[table][column].get(language)

    def choice(self, kind: str, fact_name: str, key: str, language: Language) -> str:
        """Return the word for a choice of a fact or of a table's column; the key itself if it has none."""
        word = self.university.choice(kind, fact_name, key)
        return word.get(language) if word else key

    def value(self, kind: str, rule: FactRule, stored: str, language: Language) -> str:
        """Return a stored value as its owner and the desk read it; a table is told by the number of its rows."""
        if rule.type is FactType.TABLE:
            return told.rows(self.university, stored, language)
        return told.value(self.university, kind, rule.name, rule.type, stored, language)

    def money(self, amount: Decimal, language: Language) -> str:
        """Return an amount in som."""
        return values.money(amount, language)

    def describe(self, kind: str, fact: PublicFact, language: Language) -> tuple[str, str]:
        """Return a fact's label and its value in the reader's language."""
        value = told.value(self.university, kind, fact.name, fact.type, fact.value, language)
        return self.label(kind, fact.name, language), value


def fact_reader(
    university: University, stationery: UniversityStationery, kind: CertificateKind, today: date
) -> FieldReader:
    """Return the reader of a kind's typed facts, which knows the university's words for choices."""
    words = UniversityWords(university)
    return FieldReader(
        today=today,
        can_print=stationery.can_print,
        choices=lambda fact, key: [words.choice(kind.id, fact, key, language) for language in Language],
    )


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

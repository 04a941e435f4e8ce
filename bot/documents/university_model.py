"""The university as its file describes it: frozen data, read by `bot.documents.university.load`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.documents.wording import Noun, only_value
from services.certificates.dto import CertificateKind
from services.expiries.dto import Paper, PaperGuide
from services.languages import Language, Trilingual
from services.survey_reports.readers import SurveyReader
from services.trust.dto import Hotlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An office that people are sent to; any of phone, e-mail, place and hours may be empty."""

    name: Trilingual
    phone: str
    email: str
    place: Trilingual
    hours: Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs on paper, in the nominative."""

    post: Trilingual
    name: Trilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a paper: a label with its value, or, where the label is empty, a whole sentence.

    It is printed when every fact it names is filled and, for each fact in `when`, the value is one of those listed.
    `text` holds templates of `bot.documents.wording`.
    """

    label: Trilingual
    text: Trilingual
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWording:
    """A kind of certificate and the sentences that make a paper of it.

    Where nobody else is named, the university's `signatory` signs. The first of `openings` whose conditions hold is
    printed. `sentences` replaces some of the university's common
    sentences (an empty one leaves the line out). `labels` and `choices` come before those of the university. `hints`
    say what to write where a fact is asked for. `heads`: what stands above the columns of a table, by fact and column.
    `line_labels`: what stands before a line that is one fact and nothing else, by fact.
    """

    kind: CertificateKind
    title: Trilingual
    subtitle: Trilingual
    signatory: Signatory | None
    openings: tuple[Line, ...]
    lines: tuple[Line, ...]
    endings: tuple[Line, ...]
    sentences: Mapping[str, Trilingual]
    labels: Mapping[str, Trilingual]
    hints: Mapping[str, Trilingual]
    heads: Mapping[str, Mapping[str, Trilingual]]
    choices: Mapping[str, Mapping[str, Noun]]
    line_labels: Mapping[str, Trilingual] = field(init=False)

    def __post_init__(self) -> None:
        alone: dict[str, Trilingual] = {}
        for line in self.lines:
            if line.label.ky and (fact := only_value(line.text.ky)):
                alone.setdefault(fact, line.label)
        object.__setattr__(self, "line_labels", MappingProxyType(alone))


@dataclass(frozen=True, slots=True, kw_only=True)
class University:
    """The university as its papers and its bot name it.

    `sentences` are those common to all papers (number line, validity, signature note and the like). `choices` gives the
    words of closed lists by fact and key. `contacts` always has `study_office`. `expiring`: papers whose ends people
    are reminded of. `working_week`: the weekdays that are worked, Monday is 0. `hotlines`: where one can call for
    help. `survey_readers`: who reads what surveys found.
    """

    name: Noun
    abbreviation: Trilingual
    ministry: Trilingual
    address: Trilingual
    phone: str
    email: str
    site: str
    group_word: Trilingual
    signatory: Signatory
    kyrgyz_letterhead_beside: bool
    contacts: Mapping[str, Contact]
    sentences: Mapping[str, Trilingual]
    labels: Mapping[str, Trilingual]
    choices: Mapping[str, Mapping[str, Noun]]
    kinds: Mapping[str, KindWording]
    expiring: Mapping[Paper, PaperGuide]
    working_week: frozenset[int]
    hotlines: Hotlines
    survey_readers: tuple[SurveyReader, ...]

    @property
    def study_office(self) -> Contact:
        """Where students are sent with questions about certificates."""
        return self.contacts["study_office"]

    @property
    def certificate_kinds(self) -> tuple[CertificateKind, ...]:
        """The kinds on offer, in the order of the file."""
        return tuple(wording.kind for wording in self.kinds.values())

    def choice(self, kind: str, fact: str, key: str) -> Noun | None:
        """Return the word for a key of a closed list, the kind's own list first; `None` for an unknown key."""
        return self.words_of(kind, fact).get(key)

    def words_of(self, kind: str, fact: str) -> Mapping[str, Noun]:
        """Return the words of a closed list by key, the kind's own list first; empty for what is no choice."""
        own = self.kinds[kind].choices if kind in self.kinds else {}
        return own.get(fact) or self.choices.get(fact, {})

    def label(self, kind: str, fact: str) -> Trilingual | None:
        """Return under what a fact is shown by itself: its own label, that of its line or the university's."""
        wording = self.kinds.get(kind)
        if wording is None:
            return self.labels.get(fact)
        return wording.labels.get(fact) or wording.line_labels.get(fact) or self.labels.get(fact)

    def hint(self, kind: str, fact: str) -> Trilingual | None:
        """Return what to write where a fact is asked for; `None` where the label says it all."""
        wording = self.kinds.get(kind)
        return wording.hints.get(fact) if wording else None

    def sentence(self, kind: str, name: str, language: Language) -> str:
        """Return the template of a common sentence, the kind's own first; empty where the paper has no such line."""
        own = self.kinds[kind].sentences.get(name)
        return (self.sentences[name] if own is None else own).get(language)

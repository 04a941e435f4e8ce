"""The results of a closed survey as one reader may see them, beside those of earlier surveys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.languages import Trilingual
from services.questionnaires.dto import Questionnaire, SurveyMode
from services.survey_reports.dto import Results
from services.survey_reports.readers import Scope
from services.survey_reports.scoring import Change
from services.surveys.dto import Stratum


class ReportForm(StrEnum):
    """As what the results are taken along."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


class Picture(StrEnum):
    """What a picture shows: answers in parts, indices over semesters, units beside topics."""

    ANSWERS = "a"
    INDICES = "i"
    UNITS = "u"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A survey as a report names it. Days are those of opening and closing."""

    id: int
    questionnaire: Questionnaire
    mode: SurveyMode
    period: Trilingual
    opened_on: date
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of a mean since an earlier survey: the difference in points with its 95 % interval."""

    points: int
    low: int
    high: int
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """An earlier survey of the same questionnaire, with the groups alone that were the same people.

    `items`, `indices`: those that mean the same in both.
    """

    round: Round
    results: Results
    items: frozenset[str]
    indices: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one reader sees. `strata`: those of the results, each parent before its children.

    `earlier`: the newest first. `differences`: since the newest of them, by code of index or key of item, then stratum.
    `unlike`: groups of an earlier survey do not compare, since other people were asked, or in another way.
    """

    round: Round
    scope: Scope
    strata: tuple[Stratum, ...]
    results: Results
    earlier: tuple[Wave, ...] = ()
    unlike: bool = False
    differences: Mapping[str, Mapping[str, Difference]] = field(default_factory=dict)

    @property
    def whole(self) -> Stratum:
        """Return the group above all others."""
        return self.strata[0]

    @property
    def is_open_link(self) -> bool:
        """Whether anybody could answer, so that nothing can be said of those who did not."""
        return self.round.mode is SurveyMode.OPEN

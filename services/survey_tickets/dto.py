"""Tickets as they are printed, and what a page is opened with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.languages import Trilingual
from services.questionnaires.dto import Answers
from services.surveys.dto import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSheet:
    """Tickets of one group, as they go to paper and nowhere else. `closes_on`: the survey's last day."""

    group: Trilingual
    closes_on: date | None
    codes: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTickets:
    """A sheet that was drawn; `stratum` is the group's code, `total`: how many tickets it has been given by now."""

    survey_id: int
    stratum: str
    count: int
    total: int
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a ticket or an open link opens."""

    survey: Survey
    by_ticket: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What came over the page: answers by code of item, and texts as they were written."""

    answers: Answers
    texts: Mapping[str, str] = field(default_factory=dict)

"""The report on the state language: what was done in a quarter, what was not and why, who is silent."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.plan_reports.quarters import Quarter


class Addressee(StrEnum):
    """To whom the report is made."""

    COUNCIL = "council"
    MINISTRY = "ministry"  # the National Commission on the State Language, and the Ministry


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report of a unit. `evidence`: names of files and addresses of links. `partly`: not all of it is done."""

    item_id: int
    instance_id: int
    unit_code: str
    words: str
    held_on: date | None
    reported_on: date
    count: int | None
    attendance: int | None
    partly: bool
    returned: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What a unit did for an item, as one line of the report."""

    number: str
    title: str
    unit: str
    days: tuple[date, ...]
    attendance: int | None
    count: int | None
    partly: bool
    words: tuple[str, ...]
    evidence: tuple[str, ...]


class Why(StrEnum):
    """Why something was not done."""

    DISPUTED = "disputed"
    RETURNED = "returned"
    EXTENDED = "extended"
    PARTLY = "partly"
    ACCEPTED = "accepted"
    SILENT = "silent"
    NOBODY = "nobody"  # the plan names nobody who is known to answer for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What a unit had to do by a day of the quarter and did not. `due`: the day that the plan gave first.

    `unit` is empty where nobody answers for it.

    `until`: the day that holds instead, where it was put off. `reason`: the unit's or the coordinator's words.
    """

    number: str
    title: str
    unit: str
    due: date
    until: date | None
    why: Why
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageReport:
    """The report over a quarter, of these units or (`units` is empty) of the university.

    `asked`: how many items of the plan are about the state language; none of them says that there is nothing to report.
    `day`: as of when.
    """

    quarter: Quarter
    addressee: Addressee
    units: tuple[str, ...]
    day: date
    asked: int
    activities: tuple[Activity, ...]
    undone: tuple[Undone, ...]
    silent: tuple[str, ...]

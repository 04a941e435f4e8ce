"""The report on the state language put into Kyrgyz sentences: what stands on the paper, whatever it is written as."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.documents.plan_words import kyrgyz_day, plan_words, short_day
from bot.documents.university_model import University
from services.languages import Language
from services.plan_reports.language_dto import Activity, LanguageReport, Undone

_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """A table: shares of the width, what stands above the columns, and rows of texts."""

    widths: tuple[int, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPart:
    """A part of the paper under its heading: sentences, a table, or lines of a list."""

    title: str
    sentences: tuple[str, ...] = ()
    table: PaperTable | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagePaper:
    """The whole paper."""

    university: str
    to: str
    addressees: tuple[str, ...]
    title: str
    about: tuple[str, ...]
    opening: str
    parts: tuple[PaperPart, ...]
    foot: tuple[str, ...]
    iso_date: str


def language_paper(report: LanguageReport, university: University) -> LanguagePaper:
    """Put a report into sentences; a quarter in which nothing was to be done says so and nothing else."""
    words = plan_words()["language_report"]
    form = words[report.addressee.value]
    ministry = university.ministry.get(Language.KY)
    return LanguagePaper(
        university=university.name.get(Language.KY),
        to=words["to"],
        addressees=tuple(line.format(ministry=ministry) for line in form["addressees"]),
        title=words["title"],
        about=_about(report, words),
        opening=form["opening"],
        parts=_parts(report, words),
        foot=(words["signed"], words["dated"]),
        iso_date=report.day.isoformat(),
    )


def _about(report: LanguageReport, words: dict[str, Any]) -> tuple[str, ...]:
    quarter = report.quarter
    lines = [
        _whose(report, words),
        words["period"].format(
            year=quarter.year,
            roman=_ROMAN[quarter.number - 1],
            label=quarter.academic_year.label,
            academic=_ROMAN[quarter.academic_number - 1],
            first=short_day(quarter.first),
            last=short_day(quarter.last),
        ),
    ]
    if report.day < quarter.last:
        lines.append(words["unfinished"].format(date=kyrgyz_day(report.day)))
    return tuple(lines)


def _whose(report: LanguageReport, words: dict[str, Any]) -> str:
    if not report.units:
        return str(words["whole"])
    said: str = words["unit" if len(report.units) == 1 else "units"]
    return said.format(units="; ".join(report.units))


def _parts(report: LanguageReport, words: dict[str, Any]) -> tuple[PaperPart, ...]:
    if not report.activities and not report.undone:
        return (PaperPart(title="", sentences=(words["empty"] if report.asked else words["not_planned"],)),)
    figures = words["figures"].format(
        done=len(report.activities),
        came=sum(one.attendance or 0 for one in report.activities),
        undone=len(report.undone),
        silent=len(report.silent),
    )
    done = tuple(_activity(number, one, words) for number, one in enumerate(report.activities, start=1))
    undone = tuple(_undone(number, one, words) for number, one in enumerate(report.undone, start=1))
    return (
        PaperPart(title="", sentences=(figures,)),
        _table_part(words, "activities", (2, 12, 9, 6, 6, 12, 10), done),
        _table_part(words, "undone", (2, 16, 11, 7, 18), undone),
        PaperPart(title=words["silent"], sentences=() if report.silent else (words["no_silent"],), items=report.silent),
    )


def _table_part(
    words: dict[str, Any], name: str, widths: tuple[int, ...], rows: Sequence[tuple[str, ...]]
) -> PaperPart:
    if not rows:
        return PaperPart(title=words[name], sentences=(words[f"no_{name}"],))
    table = PaperTable(widths=widths, head=tuple(words["heads"][name]), rows=tuple(rows))
    return PaperPart(title=words[name], table=table)


def _activity(number: int, one: Activity, words: dict[str, Any]) -> tuple[str, ...]:
    said = list(one.words)
    if one.count is not None:
        said.append(words["count"].format(count=one.count))
    if one.partly:
        said.append(words["partly"])
    return (
        str(number),
        one.title,
        one.unit,
        "\n".join(short_day(day) for day in one.days),
        str(one.attendance) if one.attendance is not None else "–",
        "\n".join(said) or "–",
        "\n".join(one.evidence) or "–",
    )


def _undone(number: int, one: Undone, words: dict[str, Any]) -> tuple[str, ...]:
    why = words["why"][one.why.value].format(until=short_day(one.until) if one.until is not None else "–")
    reason = f"{why}\n{one.reason}" if one.reason else why
    return (str(number), one.title, one.unit or "–", short_day(one.due), reason)

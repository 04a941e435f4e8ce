"""Pictures of what a survey found, as data for the template: answers, indices over semesters, units and topics."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from bot.documents.survey_themes import Theme, incoherent, themes_of
from bot.documents.survey_words import Teller
from services.languages import Language, Trilingual
from services.questionnaires.dto import Good, Item
from services.survey_reports.dto import Cell, Share, State
from services.survey_reports.report_dto import Picture, Report
from services.surveys.dto import Stratum

#: Tones of a bar, from the answers that nobody wishes for to the best.
_TONES: Final = 5
#: Rows of groups that a phone still shows; courses are left out first.
_MOST_GROUPS: Final = 70
#: Columns of topics beside which the names of groups still have room.
_MOST_TOPICS: Final = 8
_NO_VALUE: Final = "–"


def compose_picture(
    report: Report, picture: Picture, stratum: Stratum, language: Language, university: Trilingual
) -> dict[str, Any]:
    """Return a picture in the reader's words; `stratum`: whose answers and indices it shows."""
    told = Teller(report, language)
    compose = {Picture.ANSWERS: _answers, Picture.INDICES: _indices, Picture.UNITS: _units}[picture]
    about = [] if picture is Picture.UNITS else [told.group(stratum)]
    return {
        "kind": picture.value,
        "language": language.value,
        "university": university.get(language),
        "title": told.say(report.round.questionnaire.title),
        "subtitle": [told.word(picture.name.lower()), *about, *told.about],
        **compose(told, stratum),
    }


def answer_blocks(told: Teller, stratum: Stratum) -> list[dict[str, Any]]:
    """Return bars of all questions: those of one scale and one good end share their colours."""
    blocks: dict[object, dict[str, Any]] = {}
    for key, result in told.report.results.items.items():
        if (cell := result.cells.get(stratum.code)) is None:
            continue
        item = told.report.round.questionnaire.item(result.code)
        if item.scale is None:
            blocks[key] = _choices(told, item, key, cell)
            continue
        block = blocks.setdefault(
            (item.scale.name, item.good), {"heading": _heading(told, item), "legend": _legend(told, item), "rows": []}
        )
        block["rows"].append(_bar(told, item, key, cell))
    return list(blocks.values())


def index_rows(told: Teller, stratum: Stratum) -> list[dict[str, Any]]:
    """Return every theme with its points over the semesters, the oldest first."""
    rows = []
    for theme in themes_of(told.report):
        points = [_point(told, cell, period, now=now) for period, cell, now in _over_time(told, theme, stratum)]
        difference = told.report.differences.get(theme.key, {}).get(stratum.code)
        if not points:
            continue
        said = told.word(difference.change.value) if difference is not None else ""
        rows.append({"title": theme.title(told), "points": points, "change": said,
                     "note": _seen_note(told, theme)})  # fmt: skip
    return rows


def heat(told: Teller) -> dict[str, Any]:
    """Return tables of groups and topics; what people saw happen is left out, since it ranks nobody."""
    themes = themes_of(told.report)
    compared = [theme for theme in themes if not theme.seen]
    left_out = [theme.title(told) for theme in themes if theme.seen]
    results = told.report.results
    return {
        "tables": heat_tables(told, compared, lambda theme, code: _value(theme.cells(results).get(code))),
        "notes": [
            f"{told.word('points')}. {told.word('dash')}",
            *([told.word("not_ranked", titles="; ".join(left_out))] if left_out else []),
        ],
    }


def heat_tables(
    told: Teller, themes: Sequence[Theme], value: Callable[[Theme, str], Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return topics beside groups, as many topics in each table as leave room for the names of the groups.

    `value`: what stands in the cell of a topic and a group.
    """
    strata = _fitting(told.report.strata)
    numbered = list(enumerate(themes, start=1))
    number = -(-len(numbered) // _MOST_TOPICS) or 1
    width = -(-len(numbered) // number)
    return [
        {
            "heads": [{"number": place, "title": theme.title(told)} for place, theme in some],
            "rows": [
                {
                    "label": told.part(stratum),
                    "depth": _depth(stratum, told.report.strata),
                    "values": [value(theme, stratum.code) for _place, theme in some],
                }
                for stratum in strata
            ],
        }
        for some in (numbered[first : first + width] for first in range(0, len(numbered), width or 1))
    ]


def _answers(told: Teller, stratum: Stratum) -> dict[str, Any]:
    response = told.report.results.responses.get(stratum.code)
    said = [f"{told.word('response')}: {told.response(response)}"] if response is not None else []
    return {"blocks": answer_blocks(told, stratum), "foot": [*said, told.word("base_note"), *told.cautions]}


def _indices(told: Teller, stratum: Stratum) -> dict[str, Any]:
    rows = index_rows(told, stratum)
    pale = any(point["wide"] for row in rows for point in row["points"])
    foot = [told.word("points"), *([told.word("pale")] if pale else []), *told.cautions]
    if not (told.report.earlier or told.report.unlike):
        foot.insert(1, told.word("no_earlier"))
    if incoherent(told.report):
        foot.append(told.word("incoherent"))
    return {"rows": rows, "foot": foot}


def _units(told: Teller, _stratum: Stratum) -> dict[str, Any]:
    table = heat(told)
    return {**table, "foot": [*table.pop("notes"), *told.cautions]}


def _heading(told: Teller, item: Item) -> str:
    return told.word("lower") if item.good is Good.LOW else ""


def _legend(told: Teller, item: Item) -> list[dict[str, Any]]:
    if item.scale is None:
        return []
    labels = told.labels(item)
    points = list(zip(item.scale.points, labels, strict=True))
    if len(points) > _TONES:  # of numbers the ends are enough
        points = [points[0], points[-1]]
    legend = [{"tone": _tone(item, [point]), "label": label} for point, label in points]
    return legend[::-1] if item.good is Good.LOW else legend


def _bar(told: Teller, item: Item, key: str, cell: Cell) -> dict[str, Any]:
    notes = [note for note in told.notes(item) if note != told.word("lower")]
    often = told.often(item, cell)
    return {
        "label": told.question(key),
        "said": _said(told, cell),
        "notes": [*notes, *([often] if often else told.missing(cell))],
        "parts": bar_parts(item, cell),
    }


def bar_parts(item: Item, cell: Cell) -> list[dict[str, Any]]:
    """Return the parts of a bar, from what nobody wishes for to the best."""
    parts = [_part(item, share) for share in cell.parts]
    return parts[::-1] if item.good is Good.LOW else parts


def _choices(told: Teller, item: Item, key: str, cell: Cell) -> dict[str, Any]:
    rows = [
        {"label": told.answer(item, share), "said": f"{share.percent} %", "notes": [],
         "parts": [{"tone": "plain", "share": share.percent, "said": ""}]}
        for share in cell.parts
    ]  # fmt: skip
    return {"heading": f"{told.question(key)} ({_said(told, cell)})", "legend": [], "rows": rows}


def _part(item: Item, share: Share) -> dict[str, Any]:
    points = [value for value in share.values if isinstance(value, int)]
    return {"tone": _tone(item, points), "share": share.percent, "said": f"{share.percent}"}


def _tone(item: Item, points: Sequence[int]) -> str:
    if item.scale is None or item.good is None:
        return "plain"
    place = (sum(points) / len(points) - item.scale.first) / (item.scale.last - item.scale.first)
    return str(round((place if item.good is Good.HIGH else 1 - place) * (_TONES - 1)))


def _said(told: Teller, cell: Cell) -> str:
    return told.word("base", base=cell.base) if cell.state is State.SHOWN else told.hidden(cell.state)


def _over_time(told: Teller, theme: Theme, stratum: Stratum) -> Iterable[tuple[str, Cell, bool]]:
    for wave in reversed(told.report.earlier):
        same = wave.indices if theme.is_index else wave.items
        cell = theme.cells(wave.results).get(stratum.code)
        if theme.key in same and cell is not None and cell.estimate is not None:
            yield told.say(wave.round.period), cell, False
    cell = theme.cells(told.report.results).get(stratum.code)
    if cell is not None:
        yield told.say(told.report.round.period), cell, True


def _point(told: Teller, cell: Cell, period: str, *, now: bool) -> dict[str, Any]:
    estimate = cell.estimate
    if estimate is None:
        return {"label": period, "said": told.hidden(cell.state), "mean": None, "wide": False, "now": now}
    # Of an open link nobody knows for whom the answers stand, so there is no interval.
    low, high = (estimate.mean, estimate.mean) if told.report.is_open_link else (estimate.low, estimate.high)
    return {"label": period, "said": str(estimate.mean), "mean": estimate.mean, "low": low, "high": high,
            "wide": estimate.wide, "now": now}  # fmt: skip


def _seen_note(told: Teller, theme: Theme) -> str:
    if not theme.seen:
        return ""
    questionnaire = told.report.round.questionnaire
    codes = next((spec.items for spec in questionnaire.indices if spec.code == theme.key), (theme.key.split(".")[0],))
    notes = [note for code in codes for note in told.notes(questionnaire.item(code)) if note != told.word("lower")]
    return notes[0] if notes else ""


def _value(cell: Cell | None) -> dict[str, Any]:
    if cell is None or cell.estimate is None:
        return {"said": _NO_VALUE, "mean": None}
    return {"said": str(cell.estimate.mean), "mean": cell.estimate.mean}


def _fitting(strata: Sequence[Stratum]) -> Sequence[Stratum]:
    """Return the groups of a picture: with their courses, or without where they would be too many to read."""
    if len(strata) <= _MOST_GROUPS:
        return strata
    return [one for one in strata if _depth(one, strata) <= 1][:_MOST_GROUPS]


def _depth(stratum: Stratum, strata: Sequence[Stratum]) -> int:
    parents: Mapping[str, str | None] = {one.code: one.parent for one in strata}
    depth, code = 0, stratum.parent
    while code is not None:
        depth, code = depth + 1, parents.get(code)
    return depth

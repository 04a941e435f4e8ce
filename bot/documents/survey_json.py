"""What a survey found as JSON, for programs: published figures, never free answers."""

from collections.abc import Mapping
from typing import Any

from services.survey_reports.dto import Cell, ItemResult, Response, State
from services.survey_reports.report_dto import Difference, Report, Round, Wave


def report_document(report: Report) -> dict[str, Any]:
    """Return all published results; a figure that is not shown is null or absent."""
    results, questionnaire = report.results, report.round.questionnaire
    return {
        **round_document(report.round),
        "base": results.base,
        "groups": [
            {
                "code": stratum.code,
                "parent": stratum.parent,
                "name": {"ky": stratum.name.ky, "ru": stratum.name.ru, "en": stratum.name.en},
                "response": _response(results.responses.get(stratum.code)),
            }
            for stratum in report.strata
        ],
        "indices": [
            {
                "code": spec.code,
                "coherent": results.indices[spec.code].coherent,
                "cells": _cells(report, results.indices[spec.code].cells)
                if results.indices[spec.code].coherent
                else {},
            }
            for spec in questionnaire.indices
        ],
        "items": [_item(report, key, result) for key, result in results.items.items()],
        "earlier": [_wave(wave) for wave in report.earlier],
        "not_comparable": report.unlike,
        "differences": {
            name: {code: _difference(one) for code, one in found.items()} for name, found in report.differences.items()
        },
    }


def round_document(asked: Round) -> dict[str, Any]:
    """Return which survey it is."""
    return {
        "id": asked.id,
        "code": asked.questionnaire.code,
        "revision": asked.questionnaire.revision,
        "mode": asked.mode.value,
        "period": {"ky": asked.period.ky, "ru": asked.period.ru, "en": asked.period.en},
        "opened_on": asked.opened_on.isoformat(),
        "closed_on": asked.closed_on.isoformat(),
    }


def _item(report: Report, key: str, result: ItemResult) -> dict[str, Any]:
    item = report.round.questionnaire.item(result.code)
    good = item.good.value if item.good is not None else None
    return {"code": key, "item": result.code, "topic": item.topic, "type": item.type.value, "good": good,
            "cells": _cells(report, result.cells)}  # fmt: skip


def _wave(wave: Wave) -> dict[str, Any]:
    return {
        **round_document(wave.round),
        "items": sorted(wave.items),
        "indices": sorted(wave.indices),
    }


def _cells(report: Report, cells: Mapping[str, Cell]) -> dict[str, Any]:
    return {code: _cell(cell, interval=not report.is_open_link) for code, cell in cells.items()}


def _cell(cell: Cell, *, interval: bool) -> dict[str, Any]:
    if cell.state is not State.SHOWN:
        return {"state": cell.state.value}
    estimate, kinds = cell.estimate, cell.kinds
    told: dict[str, Any] = {"state": cell.state.value, "base": cell.base}
    if estimate is not None:
        told["mean"] = estimate.mean
        told["interval"] = [estimate.low, estimate.high] if interval else None
    if cell.parts:
        told["parts"] = [{"values": list(share.values), "percent": share.percent} for share in cell.parts]
    if kinds is not None:
        told["missing"] = {"dont_know": kinds.dont_know, "not_said": kinds.not_said, "together": kinds.silent}
    return told


def _response(response: Response | None) -> dict[str, Any] | None:
    if response is None:
        return None
    return {"state": response.state.value, "percent": response.percent, "indicative": response.indicative}


def _difference(one: Difference) -> dict[str, Any]:
    return {"points": one.points, "interval": [one.low, one.high], "change": one.change.value}

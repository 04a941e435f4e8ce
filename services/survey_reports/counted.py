"""The results of closed surveys, counted once: after closing nothing of them changes any more."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from services.questionnaires.dto import ItemType, Questionnaire, SurveyMode
from services.survey_reports.dto import Results
from services.survey_reports.figures import results_of
from services.survey_reports.ports import SurveyReportsUnitOfWork
from services.survey_reports.tree import Stratum as Branch
from services.survey_reports.tree import Tree
from services.surveys.dto import Stratum, Survey

#: Surveys that are kept counted: some hundred kilobytes each.
_MOST: Final = 12


class CountedSurveys:
    """Results by survey. One at a time is counted, away from the event loop; the one asked for last stays longest."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: OrderedDict[int, Results] = OrderedDict()
        self._turn = asyncio.Lock()

    async def get(self, uow: SurveyReportsUnitOfWork, survey: Survey, strata: Sequence[Stratum]) -> Results:
        """Return what a closed survey shows."""
        async with self._turn:
            results = self._kept.get(survey.id)
            if results is None:
                results = await _count(uow, survey, strata)
                self._kept[survey.id] = results
            self._kept.move_to_end(survey.id)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return results


async def _count(uow: SurveyReportsUnitOfWork, survey: Survey, strata: Sequence[Stratum]) -> Results:
    named = survey.mode is SurveyMode.NAMED
    repository = uow.survey_reports
    rows = await (repository.list_named_replies(survey.id) if named else repository.list_replies(survey.id))
    return await asyncio.to_thread(_results, survey.questionnaire, tree_of(survey.mode, strata), rows)


def _results(questionnaire: Questionnaire, tree: Tree, rows: Sequence[tuple[str, str]]) -> Results:
    """Count replies: all parsed at once. Words beside named answers have no key that is counted."""
    several = [key for item in questionnaire.closed_items if item.type is ItemType.MULTI for key in item.keys]
    replies = json.loads(f"[{','.join(text for _stratum, text in rows)}]")
    for answers in replies:
        for key in several:
            if isinstance(answers.get(key), list):
                answers[key] = tuple(answers[key])
    return results_of(questionnaire, tree, zip((stratum for stratum, _text in rows), replies, strict=True))


def tree_of(mode: SurveyMode, strata: Sequence[Stratum]) -> Tree:
    """Return the groups with how many were asked: people, or tickets that were printed; nobody knows of an open link.

    Tickets are printed for leaves.
    """
    tickets = {stratum.code: stratum.tickets for stratum in strata if stratum.leaf}
    below: dict[str, list[Stratum]] = {}
    for stratum in strata:
        below.setdefault(stratum.parent or "", []).append(stratum)

    def printed(stratum: Stratum) -> int:
        return tickets.get(stratum.code, 0) + sum(printed(child) for child in below.get(stratum.code, ()))

    def invited(stratum: Stratum) -> int:
        if mode is SurveyMode.OPEN:
            return 0
        return printed(stratum) if mode is SurveyMode.ANONYMOUS else stratum.people

    return Tree(Branch(code=one.code, parent=one.parent or "", invited=invited(one)) for one in strata)

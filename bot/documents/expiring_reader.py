"""The parts of a university file about days: papers that end, and the working week."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from bot.documents.toml_table import Table
from services.expiries.dto import Paper, PaperGuide
from services.languages import Language, Trilingual
from services.workdays.rules import FIVE_DAYS

_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: A reminder must fit into a message of Telegram with all that it says besides.
_MOST_DOCUMENTS: Final = 8
_LONGEST: Final = 120


def read_expiring(root: Table, kinds: Collection[str]) -> Mapping[Paper, PaperGuide]:
    """Read `[expiring.visa]`, `[expiring.registration]` and `[expiring.work_permit]`; what is absent reminds nobody."""
    table = root.table("expiring")
    guides = {paper: _guide(table, paper, kinds) for paper in Paper if table.has(paper)}
    table.close()
    return MappingProxyType(guides)


def read_working_week(top: Table) -> frozenset[int]:
    """Read the weekdays that are worked, such as ["mon", "tue"]; absent means Monday to Friday."""
    if not top.has("working_week"):
        return FIVE_DAYS
    days = top.texts("working_week")
    if not days or set(days) - set(_WEEK):
        top.blame("working_week", f"should be a list of {', '.join(_WEEK)}")
        return FIVE_DAYS
    return frozenset(_WEEK.index(day) for day in days)


def _guide(parent: Table, paper: Paper, kinds: Collection[str]) -> PaperGuide:
    table = parent.table(paper)
    kind = table.text("kind", needed=False)
    if kind and kind not in kinds:
        table.blame("kind", f"“{kind}” is no kind of certificate in this file")
    guide = PaperGuide(
        paper=paper,
        office=table.text("office"),
        kind=kind,
        documents=tuple(map(_text, table.tables("documents"))),
        where=table.trilingual("where", needed=table.has("where")),
    )
    texts = [text.get(language) for text in (*guide.documents, guide.where) for language in Language]
    if len(guide.documents) > _MOST_DOCUMENTS or max(map(len, texts)) > _LONGEST:
        table.blame("documents", f"at most {_MOST_DOCUMENTS}, each (and `where`) of at most {_LONGEST} signs")
    table.close()
    return guide


def _text(table: Table) -> Trilingual:
    text = Trilingual(**{language.value: table.text(language.value) for language in Language})
    table.close()
    return text

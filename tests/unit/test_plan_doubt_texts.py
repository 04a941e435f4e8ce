"""A doubtful item on the screen, however much its cells print."""

from datetime import date
from typing import Any

import pytest

from bot.i18n import Catalogues
from handlers.common.reader import Reader
from handlers.plan_import.texts import difference_text, doubt_text, unit_question
from services.html import LONGEST_MESSAGE, find_fault, visible_length
from services.languages import Language
from services.plan_files.reading import read_plan
from services.plan_import.dto import PlanDifference, PlanImport, Review
from services.plan_import.understanding import understand
from services.responsibles.directory import Directory
from tests.support.plans import YEAR, WordTable, word

I18N = Catalogues()
HEAD = ("№", "Иш-чара", "Мөөнөтү", "Жооптуу")
NAMES = ", ".join(f"Абдыкадырова <Гүлмира>{number} Токтосуновна" for number in range(84))
LONG = "Галактика комитетинин өкүлдөрү & алардын орун басарлары менен биргелешкен топ " * 47


class _Days:
    def date(self, value: date, _language: Language) -> str:
        return value.isoformat()


def reader(language: Language) -> Reader:
    given: Any = _Days()
    return Reader(language=language, words=given, dates=given)


def review(*rows: tuple[str, ...]) -> Review:
    document = read_plan(word(WordTable([HEAD, *rows])), YEAR)
    read = understand(document, YEAR, Directory([]))
    difference = PlanDifference(added=read.items, changed=(), unchanged=(), removed=())
    planned = PlanImport(plan_id=None, name="План", is_new=True, read=read, difference=difference, removed=False)
    return Review(draft_id=1, version=1, file_name="plan.docx", planned=planned, decisions={}, units={})


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("printed", [NAMES, LONG], ids=["84 names", "3,700 signs"])
def test_no_cell_is_too_long_to_be_shown(language: Language, printed: str) -> None:
    title = "Узун иш-чара <b> " * 60
    asked = review(("1", title, "бир кездерде, балким " * 60, printed))
    (item,) = asked.planned.read.items
    assert item.unresolved
    with I18N.context(), I18N.use_locale(language.value):
        texts = [doubt_text(asked, item, reader(language)), unit_question(item.unresolved[0]), difference_text(asked)]
    for text in texts:
        assert visible_length(text) <= LONGEST_MESSAGE
        assert find_fault(text) is None
    assert sum(line.startswith("❓") for line in texts[0].splitlines()) <= 8

"""Screens of a draft have room for the largest one."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.i18n import Catalogues
from handlers.common.asked import asked_text
from handlers.common.reader import Reader
from handlers.questionnaires.callbacks import CHAIN, Look
from handlers.questionnaires.draft_keyboards import ask
from handlers.questionnaires.draft_screens import card_screen, question_screen, screen_of
from handlers.questionnaires.draft_texts import changed_text
from handlers.questionnaires.drafting import SERVED_ELSEWHERE
from services.html import LONGEST_MESSAGE, visible_length
from services.languages import Language, Trilingual
from services.questionnaires import limits
from services.questionnaires.completeness import faults_of_draft
from services.questionnaires.draft_dto import Draft
from services.questionnaires.dto import Choice, IndexSpec, Item, ItemType, Questionnaire, SurveyMode
from services.questionnaires.edits import Field

MOST_BUTTONS = 100
READER = Reader(language=Language.KY, words=cast("Any", SimpleNamespace()), dates=cast("Any", SimpleNamespace()))


def words(length: int) -> Trilingual:
    return Trilingual(ky="ң" * length, ru="й" * length, en="w" * length)


@pytest.fixture(scope="module")
def largest() -> Draft:
    choices = tuple(Choice(code=f"c{n}", text=words(limits.CHOICE)) for n in range(limits.CHOICES))
    item = Item(
        code="q", topic="т" * limits.TOPIC, type=ItemType.MULTI, text=words(limits.QUESTION), hint=words(limits.HINT),
        choices=choices,
    )  # fmt: skip
    items = tuple(replace(item, code=f"q{n}") for n in range(limits.ITEMS))
    found = Questionnaire(
        code="x" * limits.ID, revision=1, mode=SurveyMode.ANONYMOUS, minutes=limits.MINUTES, title=words(limits.TITLE),
        title_long=words(limits.LONG_TITLE), period=words(limits.PERIOD), items=items,
        indices=tuple(IndexSpec(code=f"i{n}", items=(), title=words(limits.TITLE)) for n in range(limits.INDICES)),
    )  # fmt: skip
    reworded = tuple(one.code for one in items)
    return Draft(id=1, version=1, questionnaire=found, faults=faults_of_draft(found, [found]), reworded=reworded)


@pytest.mark.parametrize("look", sorted(set(Look) - SERVED_ELSEWHERE))
def test_every_screen_fits_one_message(largest: Draft, look: Look) -> None:
    i18n = Catalogues(Language.KY)
    with i18n.context(), i18n.use_locale("ru"):
        text, keyboard = screen_of(look, largest, READER, 5, 2)
    assert visible_length(text) <= LONGEST_MESSAGE
    assert sum(map(len, keyboard.inline_keyboard)) <= MOST_BUTTONS


def test_every_question_and_what_is_given_back_fit_one_message(largest: Draft) -> None:
    i18n = Catalogues(Language.KY)
    with i18n.context(), i18n.use_locale("ru"):
        texts = [question_screen(largest, ask(largest, field, 5, CHAIN), note="✅" * 20)[0] for field in Field]
        texts.append(card_screen(largest, READER, note=changed_text("ш" * 4_096))[0])
        texts.append(asked_text(largest.questionnaire, 0, Language.RU))
    assert max(map(visible_length, texts)) <= LONGEST_MESSAGE

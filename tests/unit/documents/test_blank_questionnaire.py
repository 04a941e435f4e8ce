"""The blank questionnaire on paper: every question in each language, with what can be answered."""

import io
import time
from datetime import date

import pypdf
import pytest

from bot.documents.blank_questionnaire import BlankQuestionnairePrinter
from services.languages import Language, Trilingual
from services.questionnaires.dto import Questionnaire
from services.questionnaires.shipped import list_shipped, load_shipped
from services.university import Office, UniversityCard
from tests.support.questionnaires import choice, question, questionnaire, scale

DAY = date(2026, 11, 20)
NAME = Trilingual(ky="Курулуш университети", ru="Строительный университет", en="University of Building")
NOWHERE = Office(name=Trilingual(), place=Trilingual(), hours=Trilingual(), phone="", email="")


@pytest.fixture(scope="module")
def printer() -> BlankQuestionnairePrinter:
    return BlankQuestionnairePrinter(UniversityCard(name=NAME, study_office=NOWHERE))


async def pages_of(printer: BlankQuestionnairePrinter, found: Questionnaire, *languages: Language) -> list[str]:
    """Draw a questionnaire and return the words of its pages, without regard to where lines end."""
    pdf = await printer.draw(found, DAY, languages or tuple(Language))
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("code", list_shipped())
@pytest.mark.parametrize("language", Language)
async def test_it_has_every_question_hint_and_choice(
    printer: BlankQuestionnairePrinter, code: str, language: Language
) -> None:
    found = load_shipped(code)
    text = "".join(await pages_of(printer, found, language))
    assert squeezed(NAME.get(language).upper()) in text
    assert squeezed(found.title_long.get(language)) in text
    for number, item in enumerate(found.items, start=1):
        assert f"{number}{squeezed(item.text.get(language))}" in text
        assert item.hint is None or squeezed(item.hint.get(language)) in text
        assert all(squeezed(one.text.get(language)) in text for one in item.choices)
        assert item.scale is None or all(squeezed(label) in text for label in item.scale.labels[language])


async def test_the_three_languages_are_parts_of_one_file_each_with_its_own_pages(
    printer: BlankQuestionnairePrinter,
) -> None:
    pages = await pages_of(printer, load_shipped("climate-students"))
    assert [page[-3:] for page in pages] == ["1/2", "2/2"] * 3
    assert "Эчкачан" in pages[1]
    assert "Никогда" in pages[3]
    assert "Never" in pages[5]


async def test_it_says_who_skips_a_question_and_offers_not_to_answer(printer: BlankQuestionnairePrinter) -> None:
    (text,) = await pages_of(
        printer,
        questionnaire(
            question("work", type="single", choices=[choice("yes"), choice("own"), choice("no")], dont_know=True),
            question("place", skip={"item": "work", "unless": ["yes", "own"]}),
            question("mood", skip={"item": "place", "when": [1]}),
            question("wish", type="multi", choices=[choice("a"), choice("b"), choice("c")], max=2),
            question("any", type="multi", choices=[choice("a"), choice("b")]),
        ),
        Language.EN,
    )
    assert squeezed("Answer only if your answer to question 1 is: “yes in English” or “own in English”.") in text
    assert squeezed("Skip this if your answer to question 2 is: “en 0”.") in text
    assert squeezed("Tick no more than 2.") in text
    assert squeezed("You may tick several answers.") in text
    assert text.count(squeezed("prefer not to say")) == 5
    assert text.count(squeezed("I don't know")) == 1


async def test_rows_stand_in_a_table_and_nothing_of_a_text_is_markup(printer: BlankQuestionnairePrinter) -> None:
    ends = {"kind": "numbers", "first": 0, "last": 10, "ends": {key: ["low", "high"] for key in ("ky", "ru", "en")}}
    hostile = {"ky": "#panic() *a* $b$ [c] \\", "ru": "x", "en": "y"}
    (text,) = await pages_of(
        printer,
        questionnaire(
            question("rooms", type="matrix", scale="five", rows=[choice("lab"), choice("hall")]),
            question("marks", type="matrix", scale="eleven", rows=[choice("lab"), choice("hall")]),
            question("odd", text=hostile, hint={"ky": "белги: 𓀀", "ru": "x", "en": "y"}),
            scales={"five": scale(), "eleven": ends},
        ),
        Language.KY,
    )
    assert text.count(squeezed("hall кыргызча")) == 2
    assert squeezed("#panic() *a* $b$ [c] \\") in text
    assert "белги:" in text


async def test_it_is_drawn_in_less_than_a_second_and_always_the_same(printer: BlankQuestionnairePrinter) -> None:
    found = load_shipped("climate-students")
    first = await printer.draw(found, DAY)
    began = time.perf_counter()
    assert await printer.draw(found, DAY) == first
    assert time.perf_counter() - began < 1

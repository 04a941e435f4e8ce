"""Results of surveys as pictures, tables and paper."""

import io
import struct
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from bot.documents.survey_codebook import codebook
from bot.documents.survey_pictures import answer_blocks, compose_picture, heat, index_rows
from bot.documents.survey_report import compose_report
from bot.documents.survey_tables import long_table, workbook
from bot.documents.survey_words import Teller, survey_words
from bot.documents.university import load
from bot.stationery import card_of
from bot.survey_papers import SurveyPaperMaker
from services.languages import Language, Trilingual
from services.questionnaires.dto import SurveyMode
from services.questionnaires.shipped import load_shipped
from services.survey_reports.counted import tree_of
from services.survey_reports.figures import results_of
from services.survey_reports.readers import Scope
from services.survey_reports.report_dto import Picture, Report, ReportForm, Round
from services.survey_reports.waves import differences_since, wave_of
from tests.support.closed_surveys import grown, named, replies_to

NAME = Trilingual(ky="Университет <b>", ru="Университет <b>", en="University <b>")
FORMULA = '=HYPERLINK("http://x.example";"+1")'


def made(
    code: str = "climate-students", *, mode: SurveyMode = SurveyMode.CONFIDENTIAL, earlier: bool = False
) -> Report:
    """A report on two large units and a small one, beside an earlier one."""
    questionnaire = load_shipped(code)
    strata = grown({"mti": {"1": 200, "2": 200}, "iit": 300, "eco": 60, "small": 30})
    strata = [replace(one, name=named(FORMULA)) if one.code == "iit" else one for one in strata]

    def held(number: int, mood: float) -> tuple[Round, Any]:
        answered = [one for one in replies_to(questionnaire, strata, seed=number, mood=mood) if one[0] != "small"]
        asked = Round(id=number, questionnaire=questionnaire, mode=mode, period=named(f"autumn {number}"),
                      opened_on=date(2026, 11, 1), closed_on=date(2026, 11, 20))  # fmt: skip
        return asked, results_of(questionnaire, tree_of(mode, strata), answered)

    now, results = held(2, 0.65)
    waves = (wave_of(questionnaire, *held(1, 0.4)),) if earlier else ()
    order = {code: place for place, code in enumerate(results.strata)}
    return Report(
        round=now,
        scope=Scope.TABLES,
        strata=tuple(sorted(strata, key=lambda one: order[one.code])),
        results=results,
        earlier=waves,
        differences=differences_since(results, waves[0]) if waves else {},
    )


@pytest.fixture(scope="module")
def report() -> Report:
    return made(earlier=True)


@pytest.fixture(scope="module")
def incoherent(report: Report) -> Report:
    """The same, but the items of no index hang together, so that each is a topic."""
    indices = {code: replace(index, coherent=False) for code, index in report.results.indices.items()}
    return replace(report, results=replace(report.results, indices=indices))


@pytest.fixture(scope="module")
def papers() -> SurveyPaperMaker:
    return SurveyPaperMaker(card_of(load()))


def test_words_are_the_same_in_every_language_and_none_is_empty() -> None:
    words = survey_words()
    assert words["ky"].keys() == words["ru"].keys() == words["en"].keys()
    for name, said in words["en"].items():
        for other in ("ky", "ru"):
            assert words[other][name], name
            assert type(words[other][name]) is type(said)
            if isinstance(said, list):
                assert len(words[other][name]) == len(said), name
            else:
                assert words[other][name].count("{") == said.count("{"), name


@pytest.mark.parametrize("language", Language)
def test_answers_are_bars_from_bad_to_good_with_what_must_be_said_beside(report: Report, language: Language) -> None:
    told = Teller(report, language)
    rows = {row["label"]: row for block in answer_blocks(told, report.whole) for row in block["rows"]}
    assert len(rows) == 20
    for row in rows.values():
        assert sum(part["share"] for part in row["parts"]) == 100
        tones = [part["tone"] for part in row["parts"]]
        assert tones == sorted(tones), "the best stands last, whichever end of the scale is good"
    bribes = rows[told.question("bribe1")]
    assert told.word("perceptions_students") in bribes["notes"]
    assert any(told.word("dont_know") in note and told.word("not_said") in note for note in bribes["notes"])
    low = [block for block in answer_blocks(told, report.whole) if block["heading"] == told.word("lower")]
    assert sum(len(block["rows"]) for block in low) == 11


def test_units_are_never_ranked_by_what_people_saw_happen(report: Report) -> None:
    told = Teller(report, Language.EN)
    found = heat(told)
    (table,) = found["tables"]
    assert "Integrity" not in [head["title"] for head in table["heads"]]
    assert any("Not compared between units: Integrity." in note for note in found["notes"])
    small = next(row for row in table["rows"] if row["label"] == "SMALL")
    assert {value["said"] for value in small["values"]} == {"–"}
    assert [row["depth"] for row in table["rows"]].count(2) == 2


def test_indices_stand_beside_earlier_semesters_with_intervals(report: Report) -> None:
    rows = index_rows(Teller(report, Language.RU), report.whole)
    safe = next(row for row in rows if row["title"] == "Уважение и безопасность")
    assert [point["label"] for point in safe["points"]] == ["autumn 1", "autumn 2"]
    assert all(point["low"] < point["mean"] < point["high"] for point in safe["points"])
    assert safe["change"] == "Стало лучше"
    integrity = next(row for row in rows if row["title"] == "Честность")
    assert integrity["note"] == "Это наблюдения студентов, а не число установленных случаев."


def test_nothing_hidden_has_a_figure_in_any_table(report: Report) -> None:
    hidden = {"too_few", "masked"}
    table = long_table(report, Language.EN)
    rows = [dict(zip(table.heading, row, strict=True)) for row in table.rows]
    assert {row["state"] for row in rows if row["group"] == "small"} <= hidden
    for row in rows:
        if row["state"] in hidden:
            assert [row[name] for name in ("base", "mean", "low", "high", "percent", "dont_know", "silent")] == [
                None
            ] * 7
        elif row["kind"] == "item":
            assert isinstance(row["base"], int)
            assert row["base"] % 10 == 0 < row["base"]


async def test_files_hold_no_formula_and_a_codebook(report: Report, papers: SurveyPaperMaker) -> None:
    (book,) = await papers.write(report, ReportForm.XLSX, Language.EN)
    sheets = {name: CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_name(name).to_python()
              for name in CalamineWorkbook.from_filelike(io.BytesIO(book.content)).sheet_names}  # fmt: skip
    assert list(sheets) == ["Response", "Indices", "Question", "Answers", "Compared with earlier surveys", "Codebook"]
    assert any(FORMULA in row for row in sheets["Question"]), "as a text"
    known = {row[0] for row in sheets["Codebook"]}
    assert {"bribe1", "SAFE", "~dont_know", "~not_said", "masked", "too_few"} <= known
    assert "dorm0" not in known, "what is not kept is not reported"
    csv, codes = await papers.write(report, ReportForm.CSV, Language.EN)
    assert (csv.name, codes.name) == (
        "survey-climate-students-2026-11-20.csv", "survey-climate-students-2026-11-20-codebook.csv"
    )  # fmt: skip
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert not [line for line in lines if FORMULA[:4] in line and f"'{FORMULA[:4]}" not in line]


def test_topics_too_many_for_one_table_stand_in_several(incoherent: Report) -> None:
    found = heat(Teller(incoherent, Language.KY))
    assert [len(table["heads"]) for table in found["tables"]] == [6, 6, 6]
    numbers = [head["number"] for table in found["tables"] for head in table["heads"]]
    assert numbers == list(range(1, 19))
    for table in found["tables"]:
        assert [row["label"] for row in table["rows"]][:2] == ["University", "MTI"]
        assert {len(row["values"]) for row in table["rows"]} == {len(table["heads"])}


async def test_pictures_can_be_read_on_a_phone(incoherent: Report, papers: SurveyPaperMaker) -> None:
    for picture in Picture:
        contents = await papers.draw(incoherent, picture, incoherent.whole, Language.KY)
        assert len(contents) > 1
        for content in contents:
            assert content.startswith(b"\x89PNG")
            width, height = struct.unpack(">II", content[16:24])
            assert width == 1075
            assert 400 < height <= 1500


async def test_paper_is_in_the_language_of_its_reader_or_in_three(report: Report, papers: SurveyPaperMaker) -> None:
    data = compose_report(report, NAME)
    assert [part["language"] for part in data["parts"]] == ["ky", "ru", "en"]
    assert data["parts"][1]["title"] == "Мониторинг студенческой среды и морально-психологического климата"
    assert all(len(part["items"]["list"]) == 19 for part in data["parts"]), "the dormitory for the whole only"
    (paper,) = await papers.write(report, ReportForm.PDF, Language.KY)
    assert paper.name == "survey-climate-students-2026-11-20-ky.pdf"
    assert paper.content.startswith(b"%PDF")


async def test_paper_of_a_short_questionnaire_is_drawn_in_three_languages(papers: SurveyPaperMaker) -> None:
    paper = await papers.write_trilingual(made("employers", mode=SurveyMode.OPEN))
    assert paper.name == "survey-employers-2026-11-20-ky-ru-en.pdf"
    assert paper.content.startswith(b"%PDF")


def test_what_became_of_topics_is_one_table_with_what_is_sure_marked(report: Report) -> None:
    (part,) = compose_report(report, NAME, [Language.EN])["parts"]
    tables = part["changes"]["tables"]
    titles = [head["title"] for table in tables for head in table["heads"]]
    assert len(titles) == len(set(titles)) == 9, "no topic is repeated for every group"
    whole, *groups = tables[0]["rows"]
    assert all(value["said"].startswith("+") and value["sure"] for value in whole["values"])
    small = next(row for row in groups if row["label"] == "SMALL")
    assert {value["said"] for value in small["values"]} == {"–"}
    assert not all(value["sure"] for row in groups for value in row["values"])


def test_an_open_link_has_no_intervals_and_says_what_it_is_not() -> None:
    report = made("employers", mode=SurveyMode.OPEN)
    told = Teller(report, Language.EN)
    assert told.cautions == ("The answers do not represent all employers.",)
    assert all(point["low"] == point["high"] for row in index_rows(told, report.whole) for point in row["points"])
    assert all(row[8] is None for row in long_table(report, Language.EN).rows)
    assert not workbook(report, Language.EN).tables[0].title.startswith("Response")
    blocks = answer_blocks(told, report.whole)
    assert any(part["tone"] == "plain" for block in blocks for row in block["rows"] for part in row["parts"])


def test_a_self_rating_is_called_so() -> None:
    told = Teller(made("state-language"), Language.RU)
    assert "Это самооценка студентов, а не тест." in told.cautions


def test_every_shipped_questionnaire_makes_every_picture_and_table() -> None:
    for code in ("climate-staff", "graduates", "state-language"):
        report = made(code)
        for picture in Picture:
            assert compose_picture(report, picture, report.whole, Language.KY, NAME)["title"]
        assert compose_report(report, NAME)["parts"]
        assert codebook(report).rows

"""What a paper says, word for word, and how single facts are told."""

from dataclasses import replace
from datetime import date

import pytest

from bot.documents.paper import IncompleteOrderError, UnknownKindError, compose
from bot.documents.university import University
from bot.stationery import UniversityWords
from services.certificates.cleaning import clean
from services.certificates.dto import FactType, Paper, PublicFact
from services.languages import Language
from tests.unit.documents.samples import LINKS, NO_PAGES, order

NBSP = "\N{NO-BREAK SPACE}"


def opening(paper: Paper) -> str:
    return "".join(part["text"] for part in paper["opening"])


def lines(paper: Paper) -> dict[str, str]:
    return {line["label"]: line["value"] for line in paper["lines"]}


def test_kyrgyz_paper_word_for_word(university: University) -> None:
    paper = compose(university, order(Language.KY), LINKS)
    assert (paper["title"], paper["subtitle"]) == ("МААЛЫМКАТ", "окуп жаткандыгы жөнүндө")
    assert paper["number_line"] == "№ 2026-000123, 2026-жылдын 21-ноябры"
    assert opening(paper) == (
        "Ушул маалымкат төмөнкүнү ырастайт: Эсенова Айзада Бакытовна – "
        "Теңир-Тоо мамлекеттик техникалык университетинин студенти."
    )
    assert list(lines(paper).items()) == [
        ("Түзүмдүк бөлүмү", "Маалыматтык технологиялар институту"),
        ("Багыты (адистиги)", "710200 – Маалыматтык системалар жана технологиялар"),
        ("Билим берүү деңгээли", "бакалавриат"),
        ("Курсу", "3"),
        ("Тайпасы", "ИСТ-1-23"),
        ("Окуу формасы", "күндүзгү"),
        ("Окуу негизи", "контракттык"),
        ("Окууга кабыл алынган күнү", "2023-жылдын 21-августу"),
        ("Окууга кабыл алуу жөнүндө буйрук", "№ 123, 20.08.2023"),
        ("Окууну аяктай турган күнү (болжолдуу)", "2027-жылдын 30-июну"),
    ]
    assert paper["closing"] == [
        "Маалымат 2026-жылдын 21-ноябрына карата берилди.",
        "Талап кылынган жерге көрсөтүү үчүн берилди.",
        "Маалымкат 2026-жылдын 28-ноябрына чейин жарактуу (бул күн да кирет).",
    ]
    assert paper["notes"][1] == (
        "Аныктыгын текшерүү: QR-кодду сканерлеңиз, papers.university.example/verify барагына кодду жазыңыз же файлды "
        "@kabarchy_bot ботуна жөнөтүңүз."
    )
    assert paper["code_line"] == "Код: 7K3QX-9MVP2-RTABC-DE123"


def test_russian_paper_word_for_word(university: University) -> None:
    paper = compose(university, order(Language.RU), LINKS)
    assert (paper["title"], paper["subtitle"]) == ("СПРАВКА", "с места учёбы")
    assert paper["number_line"] == f"№ 2026-000123, 21 ноября 2026{NBSP}г."
    assert opening(paper) == (
        "Настоящая справка подтверждает, что Эсенова Айзада Бакытовна обучается в "
        "Тенир-Тооском государственном техническом университете."
    )
    assert list(lines(paper).items()) == [
        ("Структурное подразделение", "Институт информационных технологий"),
        ("Направление (специальность)", "710200 – Информационные системы и технологии"),
        ("Уровень образования", "бакалавриат"),
        ("Курс", "3"),
        ("Группа", "ИСТ-1-23"),
        ("Форма обучения", "очная"),
        ("Основа обучения", "контрактная"),
        ("Дата зачисления", f"21 августа 2023{NBSP}г."),
        ("Приказ о зачислении", "№ 123, 20.08.2023"),
        ("Предполагаемая дата окончания обучения", f"30 июня 2027{NBSP}г."),
    ]
    assert paper["closing"] == [
        f"Сведения приведены по состоянию на 21 ноября 2026{NBSP}г.",
        "Выдана для предъявления по месту требования.",
        f"Справка действительна по 28 ноября 2026{NBSP}г. включительно.",
    ]
    assert [head["language"] for head in paper["letterhead"]] == ["ky", "ru"]


def test_english_paper_word_for_word(university: University) -> None:
    paper = compose(university, order(Language.EN), NO_PAGES)
    assert (paper["title"], paper["subtitle"]) == ("CERTIFICATE", "of enrolment")
    assert paper["number_line"] == "No. 2026-000123, 21 November 2026"
    assert opening(paper) == (
        "This is to certify that Esenova Aizada is enrolled as a student at the Tengir-Too State Technical University."
    )
    assert [part["text"] for part in paper["opening"] if part["strong"]] == ["Esenova Aizada"]
    assert lines(paper)["Mode of study"] == "full-time"
    assert lines(paper)["Expected date of graduation"] == "30 June 2027"
    assert paper["closing"] == [
        "The information is correct as at 21 November 2026.",
        "Issued for presentation where required.",
        "Valid until 28 November 2026 inclusive.",
    ]
    assert paper["notes"] == [
        (
            "This document bears the University’s electronic digital signature. The signature shows that the file was "
            "issued by the University and has not been altered since."
        ),
        "To check it: scan the QR code or enter the code in the bot @kabarchy_bot.",
        "A paper copy can be checked by the same code.",
    ]
    assert paper["letterhead"][1]["university"] == "Tengir-Too State Technical University"


@pytest.mark.parametrize("language", Language)
def test_line_without_its_fact_is_left_out(university: University, language: Language) -> None:
    whole = compose(university, order(language), LINKS)
    less = compose(university, order(language, without=("group", "funding", "degree", "admission_date", "unit")), LINKS)
    assert len(whole["lines"]) - len(less["lines"]) == 5


def test_blank_fact_counts_as_absent(university: University) -> None:
    assert "Тайпасы" not in lines(compose(university, order(Language.KY, {"group": "  "}), LINKS))


@pytest.mark.parametrize("missing", ["name", "programme", "course", "study_form", "admission_order"])
def test_paper_without_a_required_fact_is_refused(university: University, missing: str) -> None:
    with pytest.raises(IncompleteOrderError) as refusal:
        compose(university, order(Language.RU, without=(missing,)), LINKS)
    assert refusal.value.missing == (missing,)


def test_unknown_kind_and_unknown_choice_are_refused(university: University) -> None:
    with pytest.raises(UnknownKindError):
        compose(university, replace(order(Language.RU), kind="gone"), LINKS)
    with pytest.raises(ValueError, match="study_form"):
        compose(university, order(Language.RU, {"study_form": "evening"}), LINKS)


def test_paper_without_end_says_so(university: University) -> None:
    paper = compose(university, replace(order(Language.EN), valid_until=None), LINKS)
    assert paper["closing"][-1] == "No expiry date."


def test_paper_names_its_recipient_instead_of_the_common_line(university: University) -> None:
    paper = compose(university, order(Language.RU, {"recipient": "Посольство"}), LINKS)
    assert paper["closing"][1] == "Куда предъявляется: Посольство"


@pytest.mark.parametrize("name", ["Убайдилла уулу Нурсултан", "Назарбек кызы Айпери", "Асанов Бектур"])
def test_names_stand_as_in_the_roster(university: University, name: str) -> None:
    assert f"ырастайт: {name} – Теңир-Тоо" in opening(compose(university, order(Language.KY, {"name": name}), LINKS))


def test_value_that_looks_like_a_placeholder_stays_as_it_is(university: University) -> None:
    paper = compose(university, order(Language.KY, {"name": "{univ|gen} {number}"}), LINKS)
    assert "ырастайт: {univ|gen} {number} –" in opening(paper)


def test_values_lose_what_turns_or_breaks_text() -> None:
    assert clean("  Айзада\n\u202eадазйА\u200b\tи\u0306  ") == "Айзада адазйА й"


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_fits_before_the_words_for_until_and_as_at(university: University, month: int) -> None:
    as_at, _, valid = compose(university, order(Language.KY, day=date(2026, month, 9)), LINKS)["closing"]
    assert as_at.split()[2].endswith(("ына", "ине", "уна"))
    assert valid.split()[2].endswith(("ына", "ине", "уна"))


def test_leap_day_is_printed(university: University) -> None:
    paper = compose(university, order(Language.KY, day=date(2028, 2, 29)), LINKS)
    assert paper["closing"][0] == "Маалымат 2028-жылдын 29-февралына карата берилди."
    assert paper["iso_date"] == "2028-02-29"


def test_facts_are_told_in_the_readers_language(university: University) -> None:
    words = UniversityWords(university)

    def told(name: str, kind: FactType, value: str, language: Language) -> tuple[str, str]:
        return words.describe("study", PublicFact(name=name, type=kind, value=value, masked=False), language)

    assert told("name", FactType.TEXT, "Эсенова Айзада", Language.EN) == ("Name", "Эсенова Айзада")
    assert told("study_form", FactType.CHOICE, "part_time", Language.KY) == ("Окуу формасы", "сырттан окуу")
    assert told("admission_date", FactType.DATE, "2023-08-21", Language.RU) == (
        "Дата зачисления",
        f"21 августа 2023{NBSP}г.",
    )
    assert told("admission_order", FactType.TEXT, "№ 1••", Language.EN) == ("Admission order", "№ 1••")
    assert told("admission_date", FactType.DATE, "2•••", Language.EN) == ("Date of admission", "2•••")
    assert told("study_form", FactType.CHOICE, "evening", Language.EN) == ("Mode of study", "evening")


def test_facts_of_a_kind_no_longer_offered_are_still_told(university: University) -> None:
    fact = PublicFact(name="study_form", type=FactType.CHOICE, value="full_time", masked=False)
    assert UniversityWords(university).describe("gone", fact, Language.RU) == ("Форма обучения", "очная")

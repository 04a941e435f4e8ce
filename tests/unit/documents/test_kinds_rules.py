"""A kind as an operator writes it: what is read, and one readable line for everything that can be got wrong."""

from decimal import Decimal
from typing import Any

import pytest

from services.certificates.dto import Audience, FactType, Publicity, Requirement, Source
from services.languages import Language
from tests.unit.documents.invented import Change, read

THREE = {"ky": "а", "ru": "а", "en": "a"}


def fact(kind: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the fact of that name as the file has it."""
    return next(item for item in kind["facts"] if item["name"] == name)


def changed(name: str, **values: object) -> Change:
    """Return a change of one fact."""
    return lambda kind: fact(kind, name).update(values)


def without(name: str, *keys: str) -> Change:
    """Return a change that takes something away from one fact."""
    return lambda kind: [fact(kind, name).pop(key) for key in keys]


def test_kind_of_every_sort_of_fact_is_read_as_it_is_written() -> None:
    university, problems = read()
    assert problems == []
    assert university is not None
    (kind,) = university.certificate_kinds
    assert (kind.approved, kind.promised_days, kind.valid_until_fact, kind.validity_days) == (True, 4, "ends", None)
    assert kind.audience == {Audience.STUDENT, Audience.FOREIGN_STUDENT}
    assert kind.only == {"study_form": ("full_time",)}
    assert kind.fee is not None
    assert (kind.fee.amount, kind.fee.how_to_pay.ru) == (Decimal("150.50"), "Оплатите в кассе.")
    assert [rule.name for rule in kind.facts_from(Source.ASKED)] == ["academic_year", "recipient"]
    wage, ends, days = kind.fact("wage"), kind.fact("ends"), kind.fact("days")
    assert wage is not None
    assert (wage.type, wage.least, wage.most) == (FactType.MONEY, Decimal(0), Decimal(1_000_000))
    assert (wage.needed_when, wage.public) == ({"paid": ("yes",)}, Publicity.MASKED)
    assert ends is not None
    assert (ends.not_before, ends.requirement) == ("begins", Requirement.REQUIRED)
    assert days is not None
    assert days.days_between == ("begins", "ends")


def test_citizenship_is_a_country_without_being_told_so() -> None:
    university, _problems = read()
    assert university is not None
    rule = university.kinds["internship"].kind.fact("citizenship")
    assert rule is not None
    assert rule.type is FactType.COUNTRY


def test_columns_labels_and_hints_are_the_wordings() -> None:
    university, _problems = read()
    assert university is not None
    wording = university.kinds["internship"]
    rule = wording.kind.fact("mark_rows")
    assert rule is not None
    assert [(column.name, column.type) for column in rule.columns] == [
        ("task", FactType.TEXT),
        ("hours", FactType.NUMBER),
        ("mark", FactType.CHOICE),
    ]
    assert rule.columns[2].choices == ("5", "3")
    assert wording.heads["mark_rows"]["hours"].get(Language.KY) == "Саат"
    assert university.hint("internship", "wage") == wording.hints["wage"]
    assert university.hint("internship", "begins") is None
    label = university.label("internship", "academic_year")
    assert label is not None
    assert label.en == "Academic year"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda kind: kind.update(id="Study!"), "small Latin letters"),
        (lambda kind: kind.update(desk=""), "kinds[internship].desk: is missing"),
        (lambda kind: kind.update(desk=" x"), "desk: stray space"),
        (lambda kind: kind.update({"for": ["teacher"]}), "for: “teacher” is none of student,"),
        (lambda kind: kind.update({"for": []}), "for: names nobody"),
        (lambda kind: kind.update(languages=["ky", "ky"]), "languages: names one twice"),
        (lambda kind: kind.update(only={"faculty": ["x"]}), "only.faculty: a kind can be chosen by degree,"),
        (lambda kind: kind.update(only={"study_form": ["night"]}), "only.study_form: “night” is no choice"),
        (lambda kind: kind.update(only={"study_form": []}), "only.study_form: lists no value"),
        (lambda kind: kind.update(mode="slow"), "mode: should be one of automatic, approved"),
        (lambda kind: kind.update(promised_days=0), "promised_days: should be a whole number above zero"),
        (lambda kind: kind.pop("promised_days"), "promised_days: is missing: in how many working days"),
        (lambda kind: kind.pop("mode"), "facts[wage]: no desk enters anything for an automatic kind"),
        (lambda kind: kind.pop("mode"), "fee: a desk looks at the receipt"),
        (lambda kind: kind["fee"].pop("how_to_pay"), "fee.how_to_pay.ky: is missing"),
        (lambda kind: kind["fee"].update(amount="much"), 'fee.amount: should be a number, as in "12.50"'),
        (lambda kind: kind["fee"].update(amount=0), "fee.amount: should be above zero"),
        (lambda kind: kind["fee"].update(currency="KGS"), "fee.currency: is not a name this file knows"),
        (lambda kind: kind.update(validity_days=3), "valid_until: stands beside validity_days"),
        (lambda kind: kind.update(valid_until="paid"), "valid_until: paid is no date of this kind"),
        (lambda kind: kind.update(valid_until="birth_date"), "valid_until: birth_date may be missing"),
        (lambda kind: kind["title"].update(ky="МААЛЫМАТ"), "title.ky: маалымат is information"),
        (lambda kind: kind["choices"]["paid"]["yes"].pop("ky"), "choices.paid.yes.ky: is missing"),
    ],
)
def test_kind_that_cannot_be_offered_is_found(change: Change, expected: str) -> None:
    assert [problem for problem in read(change)[1] if expected in problem]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (changed("wage", source="elsewhere"), "facts[wage].source: should be one of roster, asked, desk, computed"),
        (changed("wage", type="coin"), "facts[wage].type: should be one of text, date,"),
        (changed("wage", publik="no"), "facts[wage].publik: is not a name this file knows"),
        (changed("wage", least="a lot"), "facts[wage].least: should be a number"),
        (changed("wage", least=5, most=1), "facts[wage].least: is above most"),
        (changed("share", decimals=9), "facts[share].decimals: at most 6"),
        (changed("share", decimals=-1), "facts[share].decimals: should be a whole number"),
        (changed("share", past=True), "facts[share]: past and not_before are for dates"),
        (without("wage", "source"), "facts[wage]: the roster has no such fact"),
        (changed("birth_date", type="text"), "facts[birth_date].type: the roster has it as date"),
        (changed("wage", requirement="if_in_roster"), "if_in_roster is for facts of the roster"),
        (changed("wage", needed_when={"share": ["1"]}), "facts[wage].needed_when: share is no other choice"),
        (changed("paid", needed_when={"paid": ["yes"]}), "facts[paid].needed_when: paid is no other choice"),
        (changed("wage", needed_when={"paid": ["maybe"]}), "facts[wage].needed_when: “maybe” is no choice of paid"),
        (changed("wage", needed_when={"paid": []}), "facts[wage].needed_when: paid has no values listed"),
        (changed("ends", not_before="wage"), "facts[ends].not_before: wage is no other date"),
        (without("days", "days_between"), "facts[days]: is computed, but days_between does not say how"),
        (changed("days", days_between=["begins"]), "should name two dates"),
        (changed("days", days_between=["begins", "paid"]), "facts[days].days_between: paid is no other date"),
        (changed("share", days_between=["begins", "ends"]), 'is for a fact with source = "computed"'),
        (changed("days", type="text"), "facts[days].type: days are a number"),
        (without("begins", "label"), "facts[begins]: needs a label, by which people are asked for it"),
        (changed("days", hint=THREE), "facts[days].hint: nobody is asked for it"),
        (lambda kind: kind["lines"].pop(8), "facts[share]: is asked for, but nothing on the paper needs it"),
        (without("mark_rows", "columns"), "facts[mark_rows].columns: is missing"),
        (changed("share", columns=[{"name": "a", "label": THREE}]), '.columns: is for a fact with type = "table"'),
        (
            lambda kind: fact(kind, "mark_rows")["columns"].append({"name": "mark", "type": "choice", "label": THREE}),
            "facts[mark_rows].columns[mark]: is given twice",
        ),
        (
            lambda kind: fact(kind, "mark_rows")["columns"][0].update(type="date"),
            "columns[task].type: should be one of text, number, choice",
        ),
        (
            lambda kind: fact(kind, "mark_rows")["columns"][0].update(type="choice"),
            "columns[task]: a choice needs its words under choices.task",
        ),
        (lambda kind: fact(kind, "mark_rows")["columns"][0].pop("label"), "columns[task].label.ky: is missing"),
    ],
)
def test_fact_that_cannot_be_asked_for_or_kept_is_found(change: Change, expected: str) -> None:
    assert [problem for problem in read(change)[1] if expected in problem]


def line(number: int, **texts: str) -> Change:
    """Return a change of the words of one line."""

    def change(kind: dict[str, Any]) -> None:
        kind["lines"][number] = {"text": texts}

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (line(5, ky="{wage} сом", ru="{wage}", en="{wage}"), "text.ky: wage is printed with its unit already"),
        (line(5, ky="{wage}", ru="{wage}", en="KGS {wage}"), "text.en: wage is printed with its unit already"),
        (line(8, ky="{share|percent} %", ru="{share}", en="{share}"), "text.ky: share is printed with its unit"),
        (
            line(8, ky="{share|half}", ru="{share}", en="{share}"),
            "share is printed as it stands and has no form “half”",
        ),
        (
            line(9, ky="Баалар {mark_rows}", ru="{mark_rows}", en="{mark_rows}"),
            "lines[10]: the table mark_rows needs a line of its own",
        ),
        (
            lambda kind: kind.update(endings=[{"fact": "mark_rows"}]),
            "endings[1]: the table mark_rows can stand among the lines only",
        ),
        (line(10, ky="Ушул маалымат берилди.", ru="Выдана.", en="Issued."), "text.ky: маалымат is information"),
        (lambda kind: kind["lines"][5].update(when={"paid": []}), "lines[6].when: paid has no values listed"),
        (lambda kind: kind.pop("openings"), "openings: is missing"),
    ],
)
def test_line_that_cannot_be_printed_is_found(change: Change, expected: str) -> None:
    assert [problem for problem in read(change)[1] if expected in problem]


def test_adjective_of_information_may_stand_in_a_name() -> None:
    assert read(lambda kind: kind["subtitle"].update(ky="маалыматтык система жөнүндө"))[1] == []

"""A kind of certificate that only the tests have: every sort of fact, written as an operator would write it."""

import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

from bot.documents import university_reader, university_rules
from bot.documents.university import DEMONSTRATION_FILE, University
from services.certificates.rules import Profile
from services.languages import Trilingual
from services.people.dto import PersonKind, RosterEntry

KIND = """
id = "internship"
desk = "practice_office"
for = ["student", "foreign_student"]
only = { study_form = ["full_time"] }
mode = "approved"
promised_days = 4
languages = ["ky", "ru", "en"]
valid_until = "ends"
fee = { amount = "150.50", how_to_pay = { ky = "Кассага төлөңүз.", ru = "Оплатите в кассе.", en = "Pay at the desk." } }
name = { ky = "Практика жөнүндө", ru = "О практике", en = "Internship" }
desk_name = { ky = "Практика бөлүмү", ru = "Отдел практики", en = "Internship Office" }
title = { ky = "МААЛЫМКАТ", ru = "СПРАВКА", en = "CERTIFICATE" }
subtitle = { ky = "практика жөнүндө", ru = "о практике", en = "of internship" }
facts = [
    { name = "name", requirement = "required", public = "yes" },
    { name = "citizenship", requirement = "required", public = "yes" },
    { name = "birth_date", type = "date", public = "masked" },
    { name = "course", type = "number", requirement = "required" },
    { name = "academic_year", source = "asked", type = "academic_year", requirement = "required", public = "yes" },
    { name = "recipient", source = "asked", longest = 120, public = "yes" },
    { name = "paid", source = "desk", type = "choice", requirement = "required", public = "yes" },
    { name = "wage", source = "desk", type = "money", most = 1000000, needed_when = { paid = ["yes"] }, \
requirement = "required", public = "masked", hint = { ky = "Айына", ru = "В месяц", en = "A month" } },
    { name = "begins", source = "desk", type = "date", past = true, requirement = "required", \
label = { ky = "Башы", ru = "Начало", en = "Beginning" } },
    { name = "ends", source = "desk", type = "date", not_before = "begins", requirement = "required", \
label = { ky = "Аягы", ru = "Конец", en = "End" } },
    { name = "days", source = "computed", type = "number", requirement = "required", \
days_between = ["begins", "ends"] },
    { name = "share", source = "desk", type = "number", decimals = 1, least = "0", most = "100" },
    { name = "mark_rows", source = "desk", type = "table", requirement = "required", public = "masked", columns = [
        { name = "task", label = { ky = "Тапшырма", ru = "Задание", en = "Task" } },
        { name = "hours", type = "number", label = { ky = "Саат", ru = "Часы", en = "Hours" } },
        { name = "mark", type = "choice", label = { ky = "Баа", ru = "Оценка", en = "Mark" } },
    ] },
]
lines = [
    { fact = "citizenship", label = { ky = "Жарандыгы", ru = "Гражданство", en = "Citizenship" } },
    { fact = "birth_date", form = "poss", label = { ky = "Туулган күнү", ru = "Дата рождения", en = "Date of birth" } },
    { fact = "course", label = { ky = "Курсу", ru = "Курс", en = "Year" } },
    { fact = "academic_year", label = { ky = "Окуу жылы", ru = "Учебный год", en = "Academic year" } },
    { fact = "paid", label = { ky = "Акы төлөнөбү", ru = "Оплачивается", en = "Paid" } },
    { fact = "wage", when = { paid = ["yes"] }, label = { ky = "Айлык акысы", ru = "Оплата", en = "Wage" } },
    { label = { ky = "Мезгили", ru = "Срок", en = "Period" }, \
text = { ky = "{begins|abl} {ends|dat} чейин", ru = "с {begins} по {ends}", en = "from {begins} to {ends}" } },
    { fact = "days", label = { ky = "Күндөрү", ru = "Дней", en = "Days" } },
    { fact = "share", form = "percent", label = { ky = "Аткарылды", ru = "Выполнено", en = "Done" } },
    { fact = "mark_rows", label = { ky = "Баалар", ru = "Оценки", en = "Marks" } },
    { text = { ky = "Практика эсепке алынды.", ru = "Практика зачтена.", en = "The internship counts." } },
]
[[openings]]
when = { paid = ["yes"] }
text = { ky = "{name} – {univ|gen} практиканты.", ru = "{name} проходит практику в {univ|prep}.", \
en = "{name} is an intern at {univ}." }
[[openings]]
text = { ky = "{name} – {univ|gen} студенти.", ru = "{name} учится в {univ|prep}.", en = "{name} studies at {univ}." }
[choices.paid]
yes = { ky = "ооба", ru = "да", en = "yes" }
no = { ky = "жок", ru = "нет", en = "no" }
[choices.mark]
5 = { ky = "эң жакшы", ru = "отлично", en = "excellent" }
3 = { ky = "канааттандырарлык", ru = "удовлетворительно", en = "satisfactory" }
"""

#: A foreign student in the third year.
STUDENT = Profile(
    person_id=1,
    entry=RosterEntry(
        person_no="S-9",
        kind=PersonKind.STUDENT,
        last_name="Ахмедов",
        first_name="Рустам уулу",
        name_latin="Akhmedov Rustam",
        birth_date=date(2004, 2, 29),
        course=3,
        study_form="full_time",
        citizenship="Өзбекстан",
    ),
    unit_name=Trilingual(ky="Институт", ru="Институт", en="Institute"),
)

Change = Callable[[dict[str, Any]], object]


def read(change: Change = lambda _kind: None) -> tuple[University | None, list[str]]:
    """Read the shipped file with this kind, changed, in place of its own; say what is wrong with it."""
    raw = tomllib.loads(DEMONSTRATION_FILE.read_text(encoding="utf-8"))
    kind = tomllib.loads(KIND)
    change(kind)
    raw["kinds"] = [kind]
    del raw["expiring"]  # its certificates are of kinds that are not here
    university, problems = university_reader.read(raw)
    return university, problems + (university_rules.check(university) if university else [])


def file_text(kind: str = KIND) -> str:
    """Return a whole university file with this kind alone."""
    common, _mark, _kinds = DEMONSTRATION_FILE.read_text(encoding="utf-8").partition("\n[[kinds]]\n")
    below = kind.replace("[[openings]]", "[[kinds.openings]]").replace("[choices.", "[kinds.choices.")
    return f"{common}\n[[kinds]]\n{below}"

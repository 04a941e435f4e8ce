"""What a slip of the fingers, a stray mark or another alphabet does: the same days, or a person is asked."""

import pytest

from services.deadlines.dto import AcademicYear, DeadlineKind
from services.deadlines.reading import read_deadline

YEAR = AcademicYear(2025)
PHRASES = [
    "2025-жылдын 8-сентябрынан 12-декабрына чейин",
    "2026-жылдын 15-октябрына чейин",
    "декабрь 2025-ж., апрель 2026-ж.",
    "25.12.2025тен 12.01.2026га чейин",
    "окуу жылынын ичинде, кафедранын планына ылайык",
    "окуу жылынын ичинде график боюнча",
    "2026-жылдын I жана III кварталдары",
    "ар бир семестрдин аягында",
    "в течение учебного года по плану кафедры",
    "каждый семестр согласно учебному плану",
    "с 1 октября по 15 ноября 2025 г.",
    "не позднее 15 октября 2025 года",
    "октябрь (1 этап), апрель (2 этап)",
    "ежегодно до 1 октября",
    "во 2-м и 4-м кварталах 2026 года",
    "during the academic year as per the department plan",
    "by the 15th of October 2025",
    "from 1 October to 15 November 2025",
    "each semester according to the academic calendar",
]
PLAIN = [phrase for phrase in PHRASES if " I " not in phrase]  # a Roman figure that loses a stroke is another figure


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_is_understood_whatever_stands_around_it(phrase: str) -> None:
    whole = read_deadline(phrase, YEAR)
    assert whole.sure
    marks = [f"  {phrase}\n", f"{phrase}.", f"{phrase};", f"{phrase},", f"«{phrase}»", f"\u00a0{phrase} ."]
    spaces = [phrase.replace(" ", "  "), phrase.replace(" ", "\u00a0"), phrase.replace(" ", "\n")]
    letters = [phrase.upper(), phrase.title(), phrase.translate(LOOK_ALIKE), phrase.translate(PHONE)]
    for other in (*marks, *spaces, *letters):
        read = read_deadline(other, YEAR)
        assert (read.kind, read.start, read.dates, read.sure) == (whole.kind, whole.start, whole.dates, True), other


LOOK_ALIKE = str.maketrans("аеорсх", "aeopcx")
PHONE = str.maketrans("өүң", "оун")


@pytest.mark.parametrize("phrase", PLAIN)
def test_a_letter_lost_doubled_or_swapped_never_gives_other_days_for_sure(phrase: str) -> None:
    whole = read_deadline(phrase, YEAR)
    for at, letter in enumerate(phrase):
        if not letter.isalpha():
            continue
        swapped = phrase[:at] + phrase[at + 1 : at + 2] + letter + phrase[at + 2 :]
        for slip in (phrase[:at] + phrase[at + 1 :], phrase[:at] + letter + phrase[at:], swapped):
            read = read_deadline(slip, YEAR)
            assert not read.sure or read.dates == whole.dates, slip


@pytest.mark.parametrize(
    "phrase",
    ["13.2025", "56.2026", "00.10.2025", "15.32, 20.10.2025", "15.32-20.10.2025", "0-Nov-25", "32-Nov-25", "31.04.2026",
     "15 октября 2025 в 32 часа", "0 раз в год", "5 квартал 2026", "III семестр", "1, 5 кварталы 2026"],
)  # fmt: skip
def test_impossible_figures_are_asked_about(phrase: str) -> None:
    assert not read_deadline(phrase, YEAR).sure


@pytest.mark.parametrize(
    "phrase",
    ["в течние года", "жл бою", "during Octber", "ежгодно по плану", "жыличинде план боюнча",
     "по графику, ммай 2026 г.",
     "as soon as possible", "by the 5h of each month", "каждыйсеместр согласно плану"],
)  # fmt: skip
def test_a_slip_in_a_word_for_time_is_no_event_and_no_plan_for_sure(phrase: str) -> None:
    assert not read_deadline(phrase, YEAR).sure


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("жылдык план боюнча", DeadlineKind.PER_OTHER_PLAN),
        ("окуу жайынын планы б-ча", DeadlineKind.PER_OTHER_PLAN),
        ("окуу жылынын иш планына ылайык", DeadlineKind.PER_OTHER_PLAN),
        ("по плану на 2025-2026 учебный год", DeadlineKind.PER_OTHER_PLAN),
        ("during the admission campaign", DeadlineKind.ON_EVENT),
        ("во время сессии", DeadlineKind.ON_EVENT),
        ("аккредитация мезгилинде", DeadlineKind.ON_EVENT),
    ],
)
def test_ordinary_names_of_plans_and_events_are_no_slips(phrase: str, kind: DeadlineKind) -> None:
    read = read_deadline(phrase, YEAR)
    assert (read.kind, read.sure) == (kind, True)

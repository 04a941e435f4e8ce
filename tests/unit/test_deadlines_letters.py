"""However a day is typed, it is read right or not surely: day, month, style and slips of the fingers."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from services.deadlines import months
from services.deadlines.dto import AcademicYear, DeadlineKind
from services.deadlines.reading import read_deadline

YEAR = AcademicYear(2025)
KYRGYZ = [forms.split() for forms in months.KYRGYZ]
RUSSIAN = [forms.split()[0] for forms in months.RUSSIAN]
ENGLISH = [forms.split()[0].capitalize() for forms in months.ENGLISH]
DATIVES = [
    "январга",
    "февралга",
    "мартка",
    "апрелге",
    "майга",
    "июнга",
    "июлга",
    "августка",
    "сентябрга",
    "октябрга",
    "ноябрга",
    "декабрга",
]
POSSESSIVES = [
    "январына",
    "февралына",
    "мартына",
    "апрелине",
    "майына",
    "июнуна",
    "июлуна",
    "августуна",
    "сентябрына",
    "октябрына",
    "ноябрына",
    "декабрына",
]

#: How the same day is written; each is understood for certain.
STYLES: dict[str, Callable[[date], str]] = {
    "day first": lambda day: f"{day.day}-{KYRGYZ[day.month - 1][0]} {day.year}-ж.",
    "year first": lambda day: f"{day.year}-ж. {day.day}-{KYRGYZ[day.month - 1][0]}",
    "until": lambda day: f"{day.year}-жылдын {day.day}-{POSSESSIVES[day.month - 1]} чейин",
    "dative": lambda day: f"{day.day}-{DATIVES[day.month - 1]} чейин, {day.year}-ж.",
    "Russian": lambda day: f"{day.day} {RUSSIAN[day.month - 1]} {day.year} г.",
    "Russian until": lambda day: f"не позднее {day.day} {RUSSIAN[day.month - 1]} {day.year} года",
    "English": lambda day: f"by {day.day} {ENGLISH[day.month - 1]} {day.year}",
    "American": lambda day: f"{ENGLISH[day.month - 1]} {day.day}, {day.year}",
    "figures": lambda day: f"{day:%d.%m.%Y}",
    "short figures": lambda day: f"{day.day}.{day:%m.%y}",
    "machine": lambda day: f"{day:%Y-%m-%d} 00:00:00",
}
LATIN = dict(zip("аеосрхуктмнв", "aeocpxyktmhb", strict=True))
PHONE = str.maketrans("өүңӨҮҢё", "оунОУНе")


def days() -> list[date]:
    return [date(2025, 8, 25) + timedelta(days=9 * step) for step in range(42)]


def harmless(random: Random, text: str) -> str:
    """Type a phrase differently without changing it."""
    at = random.choice([place for place, letter in enumerate(text) if letter in LATIN] or [0])
    return random.choice(
        [
            text.upper(),
            text.translate(PHONE),
            text.replace("-", random.choice("–—‑−")),
            text.replace(" ", "\u00a0"),
            text.replace(" ", "  "),
            f"«{text}»",
            f"{text}.",
            text[:at] + LATIN.get(text[at], text[at]) + text[at + 1 :],
        ]
    )


def slip(random: Random, text: str) -> str:
    """Spoil one letter of a phrase, never a figure: with other figures it is another day."""
    places = [place for place, letter in enumerate(text) if letter.isalpha()]
    if not places:
        return text
    at = random.choice(places)
    other = random.choice("абвгдеийклмнопрстуцчыьюяёaeiou")
    return random.choice(
        [text[:at] + text[at + 1 :], text[:at] + other + text[at:], text[:at] + other + text[at + 1 :]]
    )


def test_a_day_is_read_in_every_style() -> None:
    wrong = [
        (text, found)
        for day in days()
        for style in STYLES.values()
        if (found := read_deadline(text := style(day), YEAR)).due != day
        or not found.sure
        or found.kind is not DeadlineKind.DATE
    ]
    assert not wrong


def test_typing_it_differently_changes_nothing() -> None:
    random = Random("the same day")  # noqa: S311 -- a test's dice
    wrong = []
    for day in days():
        for style in STYLES.values():
            text = harmless(random, style(day))
            found = read_deadline(text, YEAR)
            if not found.sure or found.due != day:
                wrong.append((text, found))
    assert not wrong


def test_a_slip_of_the_fingers_never_gives_another_day_for_certain() -> None:
    random = Random("slips")  # noqa: S311 -- a test's dice
    wrong = []
    for day in days() * 2:
        for style in STYLES.values():
            text = slip(random, style(day))
            found = read_deadline(text, YEAR)
            other_month = text.lower().replace(str(day.year), "") in _other_months(style, day)
            if found.sure and found.due != day and not other_month:
                wrong.append((text, found))
    assert not wrong


def _other_months(style: Callable[[date], str], day: date) -> set[str]:
    """The same phrase with another month: июнь and июль are one slip apart, and nobody could tell."""
    return {
        style(day.replace(day=min(day.day, 28), month=month)).lower().replace(str(day.year), "")
        for month in range(1, 13)
    }


def test_words_thrown_together_never_give_a_day_that_no_word_names() -> None:
    random = Random("junk")  # noqa: S311 -- a test's dice
    words = [
        "2026-ж.",
        "май",
        "15",
        "15-майга",
        "чейин",
        "кийин",
        "до",
        "после",
        "с",
        "по",
        "не",
        "позднее",
        "квартал",
        "семестр",
        "2-семестр",
        "жыл",
        "ичинде",
        "by",
        "after",
        "before",
        "from",
        "to",
        "and",
        "5",
        "12",
        "31",
        "ноябрь",
        "сентябрга",
        "дейре",
        "жолу",
        "бир",
        "ар",
        "сайын",
        "айдын",
        "10уна",
        ",",
        "-",
        "(",
        ")",
        "/",
        "конца",
        "начала",
        "every",
        "until",
    ]
    for _ in range(3_000):
        text = " ".join(random.choices(words, k=random.randint(1, 6)))
        found = read_deadline(text, YEAR)
        assert (found.due is None) == (not found.dates), text
        assert not found.dates or found.due == found.dates[-1], text
        assert found.sure is False or found.kind is not DeadlineKind.UNKNOWN, text
        if found.sure and found.due and {"после", "after", "кийин", "не", "from", "сайын"} & set(text.split()):
            assert found.kind in _SURE_BESIDE, text


#: What such words may surely belong to: `не позднее`, `from … to`, `квартал сайын`.
_SURE_BESIDE = frozenset(DeadlineKind) - {DeadlineKind.UNKNOWN}


def test_letters_without_words_are_not_understood() -> None:
    random = Random("letters")  # noqa: S311 -- a test's dice
    alphabet = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz -.,/()%№"
    for _ in range(2_000):
        text = "".join(random.choices(alphabet, k=random.randint(4, 40)))
        found = read_deadline(text, YEAR)
        assert not (found.sure and found.due), text

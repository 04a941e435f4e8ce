"""An audience put together tap by tap, and in words."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from handlers.audience.texts import audience_text, brought_text
from handlers.common.audience_words import audience_lines
from services.announcements.audience_dto import DraftAudience, ListChosen
from services.announcements.dto import AnnouncementStage
from services.audience import building
from services.audience.dto import GUEST, Audience, AudienceSurvey, ListBrought, TermKey
from services.audience.names import FOREIGN
from services.audience.rules import read_audience
from services.languages import Language, Trilingual
from tests.architecture.wording import I18N, Markup, check
from tests.support.announcements import announcement

Step = Callable[[Audience | None], Audience | None]


def plus(key: TermKey, value: str) -> Step:
    return lambda audience: building.toggled(audience, key, value, excluded=False)


def minus(key: TermKey, value: str) -> Step:
    return lambda audience: building.toggled(audience, key, value, excluded=True)


STUDENTS, STAFF, GUESTS = (plus(TermKey.ROLE, value) for value in ("student", "staff", GUEST))


@pytest.mark.parametrize(
    ("begun", "step", "meant"),
    [
        ("", STUDENTS, "role:student"),
        ("role:student", STAFF, "role:student,staff"),
        ("role:student,staff", STUDENTS, "role:staff"),
        ("role:student", STUDENTS, ""),  # not everybody: nobody
        ("role:student -unit:mti", STUDENTS, ""),
        ("role:student", plus(TermKey.COURSE, "2"), "role:student course:2"),
        ("role:student course:2", plus(TermKey.COURSE, "3"), "role:student course:2,3"),
        ("role:student course:2", minus(TermKey.COURSE, "2"), "role:student -course:2"),
        ("role:student -course:2", minus(TermKey.COURSE, "2"), "role:student"),
        ("role:student -course:2", plus(TermKey.COURSE, "2"), "role:student course:2"),
        ("", minus(TermKey.UNIT, "mti"), "all -unit:mti"),
        ("all -unit:mti", minus(TermKey.UNIT, "mti"), "all"),
        ("all", GUESTS, "role:student,staff,guest"),
        ("role:student", GUESTS, "role:student,guest"),
        ("", GUESTS, "role:guest"),
        ("role:student -lang:ru", building.everybody, "all -lang:ru"),
        ("", building.everybody, "all"),
        ("", building.foreign_students, f"citizenship:{FOREIGN} role:student"),
        ("role:student course:1", building.foreign_students, f"role:student course:1 citizenship:{FOREIGN}"),
        (f"role:student citizenship:{FOREIGN}", building.foreign_students, "role:student"),
        ("all", lambda _audience: None, ""),
        ("", plus(TermKey.PROGRAMME, "Сеть, байланыш"), 'programme:"Сеть, байланыш"'),
    ],
)
def test_every_tap_says_what_it_means(begun: str, step: Step, meant: str) -> None:
    changed = building.written(step(read_audience(begun) if begun else None))
    assert changed == meant
    assert not changed or str(read_audience(changed)) == changed


def test_whole_term_is_taken_back() -> None:
    audience = read_audience("role:student course:1,2 -lang:ru,en")
    course, language = audience.included[1], audience.excluded[0]
    fewer = building.without_term(audience, course, excluded=False)
    assert building.written(fewer) == "role:student -lang:ru,en"
    assert building.written(building.without_term(fewer, language, excluded=True)) == "role:student"
    assert building.without_term(None, course, excluded=False) is None


WORDS = {
    Language.KY: ["• Кимдер: <b>студенттер же коноктор (аккаунту байланышпагандар)</b>", "Булардан башка:"],
    Language.RU: ["• Кто: <b>студенты или гости (аккаунт не привязан)</b>", "Кроме:"],
    Language.EN: ["• Who: <b>students or guests (not linked to anybody)</b>", "Except:"],
}


def in_words(written: str, language: Language) -> list[str]:
    names = {"mti": Trilingual(ky="<МТИ>", ru="", en="Institute & Co")}
    with I18N.context(), I18N.use_locale(language.value):
        return audience_lines(read_audience(written), names, language)


@pytest.mark.parametrize("language", list(Language))
def test_audience_is_told_in_the_readers_words(language: Language) -> None:
    written = (
        "role:student,guest unit:mti course:1,2 form:full_time lang:ky,en citizenship:foreign,Индия role:editor"
        ' programme:"<b>" -group:ПИ-1-25 -status:leave -list:донорлор -person:S-1 -account:7 -kind:staff'
    )
    lines = in_words(written, language)
    first, middle = WORDS[language]
    assert lines[0] == first
    assert lines.index(middle) == 8
    assert len(lines) == 15
    unit = "Institute &amp; Co" if language is Language.EN else "&lt;МТИ&gt;"
    assert unit in lines[1]
    assert "&lt;b&gt;" in lines[7]
    assert Markup("\n".join(lines)).opened == []


@pytest.mark.parametrize("language", list(Language))
def test_everybody_is_told_and_very_many_values_are_cut(language: Language) -> None:
    assert len(in_words("all", language)) == 1
    (numbers,) = in_words(f"person:{','.join(f'S-{number}' for number in range(300))}", language)
    assert "S-11" in numbers
    assert "288" in numbers
    many = in_words(" ".join(f'programme:"{"Ж" * 80}{number}"' for number in range(40)), language)
    assert len("\n".join(many)) < 2_700
    assert "…" in many[-1]


@pytest.mark.parametrize("foreign", [0, 61, 214])
@pytest.mark.parametrize("fallback", [None, Language.KY, Language.RU, Language.EN])
def test_who_has_no_text_is_told_and_what_they_get(foreign: int, fallback: Language | None) -> None:
    survey = AudienceSurvey(
        recipients=900, unreachable=2, names=("<b>Патель</b> Дивья",), without_text=214, foreign_without_text=foreign
    )
    texts = _screens(survey, texts={Language.KY: "Жарыя"}, fallback=fallback)
    check(texts)
    english = Markup(texts[Language.EN]).text
    assert "214 readers without a text in their language" in english
    assert "2 of them have stopped the bot" in english
    assert ("Foreign students among them: 61" in english) is (foreign == 61)
    assert ("all of them foreign students" in english) is (foreign == 214)
    assert ("or say in the draft which one they get" in english) is (fallback is None)


def test_other_states_of_an_audience_are_told() -> None:
    nobody = AudienceSurvey(recipients=0, unreachable=0, names=(), without_text=0, foreign_without_text=0)
    somebody = replace(nobody, recipients=1, names=("Ким",))
    check(_screens(nobody))
    check(_screens(somebody))
    check(_screens(somebody, texts={}))
    check(_screens(None, unit=Trilingual(ky="<МТИ>"), unknown=("list:<b>",)))
    check(_screens(None, audience=None))
    check(_screens(None, audience=None, unreadable=True))
    chosen = ListChosen(name="<b>", brought=ListBrought(known=3, unknown=tuple(f"X-<{n}>" for n in range(30))))
    check(_in_all_languages(lambda _reader: brought_text(chosen)))


def _screens(
    survey: AudienceSurvey | None, *, audience: str | None = "role:student", unit: Trilingual | None = None,
    unknown: tuple[str, ...] = (), unreadable: bool = False, **content: object,
) -> dict[Language, str]:  # fmt: skip
    shown = DraftAudience(
        draft=announcement(stage=AnnouncementStage.DRAFT, **content),
        audience=read_audience(audience) if audience else None,
        unreadable=unreadable, unknown=unknown, survey=survey, unit_names={}, unit=unit,
    )  # fmt: skip
    return _in_all_languages(lambda reader: audience_text(shown, reader))


def _in_all_languages(say: Callable[[Language], str]) -> dict[Language, str]:
    texts = {}
    for language in Language:
        with I18N.context(), I18N.use_locale(language.value):
            texts[language] = say(language)
    return texts

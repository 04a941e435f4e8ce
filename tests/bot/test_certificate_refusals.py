"""Who gets no certificate, and what they are told."""

import pytest

from bot.documents.university import load
from services.languages import Language
from services.people.dto import PersonStatus
from tests.support.friends import Friend
from tests.support.journeys import KIND, begun, looks_at_confirmation, name_of, said
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN
from tests.support.telegram import Telegram

KINDS = load().certificate_kinds
EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
_MISSING = {
    Language.KY: ("Аты-жөнү", "Багыты (адистиги)"),
    Language.RU: ("Ф. И. О.", "Направление (специальность)"),
    Language.EN: ("Name", "Programme of study"),
}


def told(friend: Friend) -> str:
    """What the last tap brought: an alert, or a message."""
    answer = friend.tap_answer
    return str(answer["text"]) if answer["show_alert"] else friend.sees


async def asks(friend: Friend, language: Language, paper: Language) -> None:
    """Go as far as the language of the paper."""
    await friend.says("/certificate")
    await friend.taps(KIND[language])
    await friend.taps(name_of(paper, language))


@pytest.fixture
async def nothing_is_written(telegram: Telegram) -> object:
    """Check afterwards that no certificate was issued to the people met."""
    before = await telegram.value("select count(*) from certificates")
    yield
    assert await telegram.value("select count(*) from certificates") == before


@EVERY_LANGUAGE
@pytest.mark.usefixtures("nothing_is_written")
async def test_missing_facts_are_named_and_who_enters_them(telegram: Telegram, language: Language) -> None:
    nurlan = await telegram.meet("Нурлан", NURLAN, language)
    await asks(nurlan, language, Language.EN)
    assert said(language, "The certificate cannot be issued in English:") in told(nurlan)
    assert all(f"• {label}" in told(nurlan) for label in _MISSING[language])
    office = telegram.bot.given.university.study_office
    assert office.name.get(language) in told(nurlan)
    assert office.phone in told(nurlan)


async def test_who_lacks_english_facts_still_gets_a_kyrgyz_paper(telegram: Telegram) -> None:
    nurlan = await telegram.meet("Нурлан", NURLAN)
    await asks(nurlan, Language.KY, Language.EN)
    await nurlan.taps(name_of(Language.KY, Language.KY))
    await nurlan.taps("Ырастоо")
    assert (await nurlan.document()).name.endswith("-ky.pdf")


def offers(friend: Friend, language: Language) -> set[str]:
    """Return the ids of the kinds that stand on a person's buttons."""
    return {kind.id for kind in KINDS if any(label.endswith(kind.name.get(language)) for label in friend.buttons)}


@EVERY_LANGUAGE
@pytest.mark.parametrize(
    ("status", "offered", "sentence"),
    [
        (
            PersonStatus.LEAVE,
            {"grades", "scholarship", "dormitory", "social", "academic"},
            "You are on academic leave",
        ),
        (PersonStatus.EXPELLED, {"grades", "academic"}, "Your studies here have ended"),
        (PersonStatus.GRADUATED, {"grades"}, "You have graduated"),
    ],
)
@pytest.mark.usefixtures("nothing_is_written")
async def test_who_does_not_study_now_is_offered_what_there_is_for_them(
    telegram: Telegram, language: Language, status: PersonStatus, offered: set[str], sentence: str
) -> None:
    gulnara = await telegram.meet("Гүлнара", GULNARA, language, status=status)
    await gulnara.says("/certificate")
    assert offers(gulnara, language) == offered
    await gulnara.presses(gulnara.screen["message_id"], "cl:study:ru")  # a button of an earlier day
    assert told(gulnara).startswith(begun(language, sentence))
    assert telegram.bot.given.university.study_office.phone in told(gulnara)


@EVERY_LANGUAGE
@pytest.mark.usefixtures("nothing_is_written")
async def test_employees_are_offered_theirs_and_none_of_the_students(telegram: Telegram, language: Language) -> None:
    bakyt = await telegram.meet("Бакыт", BAKYT, language)
    await bakyt.starts()
    await bakyt.taps(said(language, "📄 Order a certificate"))
    assert offers(bakyt, language) == {"work", "work_full", "antiplagiarism"}
    await bakyt.presses(bakyt.screen["message_id"], "cl:study:ru")
    assert told(bakyt).startswith(begun(language, "This certificate is issued to students only."))


@EVERY_LANGUAGE
async def test_strangers_are_told_how_to_become_known(telegram: Telegram, language: Language) -> None:
    stranger = telegram.stranger(language_code=language.value)
    await stranger.says("/certificate")
    sentence = begun(language, "This account is not linked to a student or an employee.")
    assert stranger.sees.startswith(sentence)
    await stranger.presses(stranger.screen["message_id"], "go:c")
    assert told(stranger).startswith(sentence)


@pytest.mark.usefixtures("nothing_is_written")
async def test_who_leaves_the_university_between_two_taps_gets_nothing(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.RU)
    await looks_at_confirmation(aizada, Language.RU, Language.RU)
    await telegram.execute("update people set status = 'expelled' where person_no = :no", no=aizada.person_no)
    await aizada.taps("Подтвердить")
    assert told(aizada).startswith("Ваше обучение прекращено")


@pytest.mark.usefixtures("nothing_is_written")
async def test_after_a_restore_people_are_told_to_come_later(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN, name_latin="Mamatova <b>")
    sentence = "Certificates are not issued for now: the register is being checked."
    await looks_at_confirmation(aizada, Language.EN, Language.EN)
    await telegram.execute("update issuing set halted_at = now()")
    try:
        await aizada.taps("Confirm")
        assert told(aizada).startswith(sentence)
    finally:
        await telegram.execute("update issuing set halted_at = null")


@pytest.mark.usefixtures("nothing_is_written")
async def test_who_is_no_longer_in_the_roster_is_a_stranger_again(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    await looks_at_confirmation(aizada, Language.KY, Language.KY)
    await telegram.execute("update people set absent_since = now() where person_no = :no", no=aizada.person_no)
    await aizada.taps("Ырастоо")
    assert told(aizada).startswith(begun(Language.KY, "This account is not linked to a student or an employee."))


@pytest.mark.usefixtures("nothing_is_written")
async def test_a_sentence_too_long_for_an_alert_comes_as_a_message(telegram: Telegram) -> None:
    nurlan = await telegram.meet("Нурлан", NURLAN, Language.EN, course=None, study_form="", admission_order="")
    await asks(nurlan, Language.EN, Language.EN)
    assert not nurlan.tap_answer["show_alert"]
    assert nurlan.sees.count("•") == 5


@pytest.mark.usefixtures("nothing_is_written")
async def test_signs_that_cannot_be_printed_are_named(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN, admission_order="№ 45 🎓")
    await asks(aizada, Language.EN, Language.RU)
    assert "signs that cannot be printed" in told(aizada)
    assert "• Admission order" in told(aizada)


@EVERY_LANGUAGE
@pytest.mark.usefixtures("nothing_is_written")
@pytest.mark.parametrize("data", ["ck:gone", "cl:gone:ky", "cc:gone:ky:0"])
async def test_a_kind_that_is_not_issued_any_more_is_refused(telegram: Telegram, language: Language, data: str) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    await aizada.says("/certificate")
    await aizada.presses(aizada.screen["message_id"], data)
    assert told(aizada) == said(language, "This certificate is not issued any more.")


@pytest.mark.usefixtures("nothing_is_written")
async def test_a_tap_that_telegram_has_forgotten_brings_a_message(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    gulnara = await telegram.meet("Гүлнара", GULNARA, Language.RU)
    await gulnara.says("/help")
    monkeypatch.setattr(telegram.world, "callback_timeout", -1.0)
    await gulnara.presses(gulnara.screen["message_id"], "cl:study:ru")
    assert gulnara.sees.startswith("Вы в академическом отпуске")

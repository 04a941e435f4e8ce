"""A desk issues for a whole group: named or listed, looked at, begun, followed, taken as an archive, stopped."""

import io
import zipfile

import pytest

from services.access import OPERATOR, Role
from services.languages import Language
from tests.support.friends import Friend
from tests.support.journeys import begun, name_of, said
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
CSV = "text/csv"
QUESTION = "select data->>'question' from conversation_states where key like :key"


async def official(telegram: Telegram, language: Language) -> Friend:
    """Somebody of the Study Office, at the beginning of a batch."""
    bakyt = await telegram.meet("Бакыт", BAKYT, language)
    await telegram.bot.given.roles.grant(OPERATOR, str(bakyt.id), Role.REGISTRAR)
    await bakyt.hears(lambda: bakyt.messages)
    await bakyt.presses(bakyt.screen["message_id"], f"wg:{desk(telegram)}")
    return bakyt


def desk(telegram: Telegram) -> str:
    """The desk of the certificate of study."""
    return telegram.bot.given.batches._drafting.get_kind("study").desk


async def group(telegram: Telegram, name: str) -> list[str]:
    """Three students of a group, one of them on leave; returns their numbers."""
    numbers = []
    for first_name, status in (("Айзада <b>", "active"), ("Гүлнара", "active"), ("Нурлан", "leave")):
        friend = telegram.stranger(first_name)
        await telegram.enrol(friend, AIZADA, first_name=first_name, group_name=name, phone="")
        await telegram.execute("update people set status = :s where person_no = :n", s=status, n=friend.person_no)
        numbers.append(friend.person_no)
    return numbers


async def reviews(bakyt: Friend, language: Language, name: str) -> None:
    """Go from the desk to the last look."""
    await bakyt.presses(bakyt.screen["message_id"], "bk:study")
    await bakyt.taps(name_of(Language.KY, language))
    await bakyt.says(name)
    while said(language, "Leave empty") in bakyt.buttons:
        await bakyt.taps(said(language, "Leave empty"))


@EVERY_LANGUAGE
async def test_whole_group_gets_its_certificates_and_the_desk_an_archive(
    telegram: Telegram, language: Language
) -> None:
    name = f"ПИ-7-{list(Language).index(language)}"
    numbers = await group(telegram, name)
    bakyt = await official(telegram, language)
    assert said(language, "👥 <b>Whole group</b>") in bakyt.sees
    await reviews(bakyt, language, name.lower())
    assert "&lt;b&gt;" not in bakyt.sees
    assert numbers[2] in bakyt.sees
    assert said(language, "is on academic leave") in bakyt.sees
    await bakyt.taps("✅")
    await bakyt.hears(lambda: said(language, "📦 Get the archive") in bakyt.buttons)
    await bakyt.taps(said(language, "📦 Get the archive"))
    paper = await bakyt.document()
    archive = zipfile.ZipFile(io.BytesIO(paper.content))
    assert len([name for name in archive.namelist() if name.endswith(".pdf")]) == 2
    assert all(number in archive.read("list.csv").decode("utf-8-sig") for number in numbers[:2])
    issued = "select count(*) from certificates c join people p on p.id = c.person_id where person_no = any(:numbers)"
    assert await telegram.value(issued, numbers=numbers) == 2


async def test_list_is_sent_and_everybody_who_cannot_is_named_in_a_file(telegram: Telegram) -> None:
    (number, *_others) = await group(telegram, "ПИ-8-25")
    bakyt = await official(telegram, Language.EN)
    await bakyt.presses(bakyt.screen["message_id"], "bk:study")
    await bakyt.taps("English")
    await bakyt.sends_file(b"%PDF-1.7", "list.pdf")
    assert "PDF" in bakyt.sees
    await bakyt.sends_file(b"person_no,note\n,nobody\n", "list.csv", mime=CSV)
    assert "No students are in such a group, or the list is empty" in bakyt.sees
    wrong = [f"X-{row}" for row in range(12)]
    content = "\n".join(["person_no", number, *wrong]).encode()
    await bakyt.sends_file(content, "list.csv", mime=CSV)
    await bakyt.sends_file(content, "list.csv", mime=CSV)
    assert "The same for all 13 people" in bakyt.sees
    await bakyt.taps("Different for each: leave empty")
    assert "1 person can have it" in bakyt.sees
    assert "nobody in the roster has this number" in bakyt.sees
    assert bakyt.papers[-1].name == "without-certificate.xlsx"
    await bakyt.taps("Send to each in the chat")
    assert "☑️ Send to each in the chat" in bakyt.buttons
    assert await telegram.value("select count(*) from certificate_batches where title = 'list.csv'") == 0


async def test_cancel_leaves_the_form_and_the_old_button_issues_nothing(telegram: Telegram) -> None:
    await group(telegram, "ПИ-9-25")
    bakyt = await official(telegram, Language.EN)
    await reviews(bakyt, Language.EN, "ПИ-9-25")
    review = bakyt.screen
    await bakyt.says("/cancel")
    await bakyt.taps_on(review, "✅ Issue")
    assert "out of date" in bakyt.calls("editMessageText")[-1]["text"]
    assert await telegram.value("select count(*) from certificate_batches where title = 'ПИ-9-25'") == 0


async def test_what_has_changed_since_the_look_is_looked_at_once_more(telegram: Telegram) -> None:
    numbers = await group(telegram, "ПИ-6-25")
    bakyt = await official(telegram, Language.EN)
    await reviews(bakyt, Language.EN, "ПИ-99-99")
    assert "No students are in such a group" in bakyt.sees
    await bakyt.says("ПИ-6-25")
    await bakyt.taps("Leave empty")
    await telegram.execute("update people set status = 'graduated' where person_no = :n", n=numbers[0])
    await bakyt.taps("✅ Issue 2")
    assert "Something has changed" in bakyt.sees
    await bakyt.taps("✅ Issue 1")
    await bakyt.hears(lambda: "📦 Get the archive" in bakyt.buttons)
    await bakyt.taps("Menu")


async def test_stranger_issues_nothing_for_others(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await aizada.says("/help")
    for data in (f"wg:{desk(telegram)}", "bk:study", "bo:1", "ba:1", "bc:1:1"):
        await aizada.presses(aizada.screen["message_id"], data)
        told = aizada.tap_answer.get("text") or aizada.sees
        assert "no right" in told or "not there any more" in told


async def test_values_for_all_are_asked_one_by_one(telegram: Telegram) -> None:
    given = telegram.bot.given
    kind = given.batches._drafting.get_kind("summons")
    bakyt = await telegram.meet("Бакыт", BAKYT, Language.EN)
    await given.roles.grant(OPERATOR, str(bakyt.id), Role.REGISTRAR)
    student = telegram.stranger("Сыргак")
    await telegram.enrol(student, AIZADA, group_name="СБ-1-25", phone="", study_form="part_time")
    await bakyt.hears(lambda: bakyt.messages)
    await bakyt.presses(bakyt.screen["message_id"], f"bl:{kind.id}:ky")
    await bakyt.says("СБ-1-25")
    asked = []
    while "Leave empty" in bakyt.buttons:
        asked.append(await telegram.value(QUESTION, key=f"%{bakyt.id}%"))
        rule = kind.fact(asked[-1])
        assert rule is not None
        values = {"date": "12.01.2027", "academic_year": "2026-27", "number": "3"}
        if rule.choices:
            await bakyt.taps(bakyt.buttons[0])
        elif rule.requirement.value == "optional":
            await bakyt.taps("Leave empty")
        else:
            await bakyt.says("?" if rule.type.value == "date" else values.get(rule.type.value, "Сыноо"))
            if rule.type.value == "date":
                await bakyt.says(values["date"])
    assert asked
    assert "1 person can have it" in bakyt.sees
    assert begun(Language.EN, "Nothing is sent to them") in bakyt.sees

"""The administrators' desk of roles."""

import pytest

from services.access import OPERATOR, Role
from services.languages import Language
from tests.bot.test_desks import appointed
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))


async def administrator(telegram: Telegram, language: Language = Language.EN) -> Friend:
    """Somebody at the desk of roles."""
    bakyt = await telegram.meet("Бакыт", BAKYT, language)
    await appointed(telegram, bakyt, Role.ADMIN)
    await bakyt.says("/admin")
    await bakyt.taps(said(language, "🔑 Roles"))
    return bakyt


async def student(telegram: Telegram, **facts: object) -> Friend:
    """Somebody of the roster, under a name of their own, who never wrote."""
    friend = telegram.stranger()
    await telegram.enrol(friend, AIZADA, **({"last_name": f"Жаңыл{friend.id}"} | facts))
    return friend


async def grants(telegram: Telegram, friend: Friend) -> list[tuple[object, ...]]:
    """Return the roles of a person or an account that were not ended."""
    return await telegram.rows(
        "select role, units.code, valid_from::text, valid_to::text from role_grants"
        " left join units on units.id = unit_id left join people on people.id = person_id"
        " where revoked_at is null and (person_no = :number or telegram_id = :id) order by role_grants.id",
        number=friend.person_no,
        id=friend.id,
    )


@EVERY_LANGUAGE
async def test_role_is_given_to_somebody_found_by_name_who_never_wrote(telegram: Telegram, language: Language) -> None:
    admin = await administrator(telegram, language)
    friend = await student(telegram)
    await admin.taps(said(language, "➕ Give a role"))
    await admin.says(f"жанЫл{friend.id} айз")
    await admin.taps(f"Жаңыл{friend.id}")
    await admin.taps(said(language, "Head of a unit"))
    assert begun(language, "{role}: for which unit?") in admin.sees
    await admin.says("маалым")
    await admin.taps({"ky": "Маалыматтык", "ru": "Институт информационных", "en": "Institute of IT"}[language.value])
    await admin.taps(said(language, "From today"))
    await admin.says("31.12.2099")
    assert said(language, "⏳ In force when the person links their Telegram account") in admin.sees
    assert await grants(telegram, friend) == []
    await admin.taps(said(language, "✅ Confirm"))
    assert begun(language, "✅ The role is given.") in admin.sees
    assert await grants(telegram, friend) == [("unit_head", "mti", None, "2099-12-31")]
    await admin.taps(said(language, "🔑 Roles"))
    assert said(language, "🔑 <b>Roles</b>") in admin.sees


async def test_role_is_given_to_an_account_and_is_seen_at_once(telegram: Telegram) -> None:
    admin = await administrator(telegram)
    editor = await telegram.meet("Айзада", AIZADA, Language.EN)
    await admin.taps("➕ Give a role")
    await admin.says(str(editor.id))
    await admin.taps(f"Telegram account {editor.id}")
    await admin.taps("Editor of announcements")
    await admin.taps("The whole university")
    await admin.says("1 января 2000 г.")
    await admin.taps("Without an end")
    assert "✅ In force" in admin.sees
    review = admin.screen
    await admin.taps("✅ Confirm")
    await admin.taps_on(review, "✅ Confirm")  # twice, as people do
    assert admin.sees.startswith("✅ The role is given.")
    assert await grants(telegram, editor) == [("editor", None, "2000-01-01", None)]
    await editor.hears(lambda: "You were given a role: Editor of announcements" in editor.sees)
    await editor.says("/admin")
    assert "Editor of announcements" in editor.sees


async def test_registrar_of_one_unit_answers_for_its_certificates(telegram: Telegram) -> None:
    admin = await administrator(telegram)
    registrar = await telegram.meet("Айзада", AIZADA, Language.EN)
    await admin.taps("➕ Give a role")
    await admin.says(str(registrar.id))
    await admin.taps(f"Telegram account {registrar.id}")
    await admin.taps("Study Office employee")
    await admin.says("Institute of IT")
    await admin.taps("Institute of IT")
    await admin.taps("From today")
    await admin.taps("Without an end")
    await admin.taps("✅ Confirm")
    assert await grants(telegram, registrar) == [("registrar", "mti", None, None)]
    await registrar.says("/admin")
    assert "Certificates officer" in registrar.sees
    assert not [button for button in registrar.buttons if "Study Office" in button]


async def test_grant_is_found_in_the_list_of_its_role_and_revoked(telegram: Telegram) -> None:
    admin = await administrator(telegram)
    friend = await student(telegram, last_name="<b>Ким</b> & Ко", first_name="Зарина")
    await telegram.bot.given.roles.grant(OPERATOR, friend.person_no, Role.TRUST_OFFICER)
    await admin.taps("🔎 Choose roles")
    await admin.taps("Trust line officer")
    assert "<b>Ким</b> & Ко Зарина" in admin.sees
    await admin.taps("<b>Ким</b> & Ко Зарина")
    assert "By: the operator at the command line" in admin.sees
    await admin.taps("⛔ Revoke")
    assert admin.sees.startswith("Revoke this role?")
    assert await grants(telegram, friend) != []
    asked = admin.screen
    await admin.taps("⛔ Yes, revoke")
    assert "<b>Ким</b> & Ко Зарина" in admin.sees
    assert await grants(telegram, friend) == []
    await admin.taps_on(asked, "⛔ Yes, revoke")
    assert admin.tap_answer["text"].startswith("This role is not held any more")


async def test_deputy_is_appointed_on_the_card(telegram: Telegram) -> None:
    admin = await administrator(telegram)
    holder, deputy = [await telegram.meet("Айзада", AIZADA, Language.EN) for _ in range(2)]
    await telegram.execute("update role_grants set revoked_at = granted_at where role = 'approver'")
    await appointed(telegram, holder, Role.APPROVER)
    await admin.taps("🔎 Choose roles")
    await admin.taps("Approver of announcements")
    await admin.taps("1. ")
    await admin.taps("👥 Appoint a deputy")
    await admin.says(str(deputy.id))
    await admin.taps(f"Telegram account {deputy.id}")
    await admin.taps("From today")
    assert "Without an end" not in admin.buttons
    await admin.says("01.01.2000")
    assert admin.sees.startswith("This last day is past already")
    await admin.says("31.12.2099")
    assert "Stands in for: Маматова Айзада" in admin.sees
    await admin.taps("✅ Confirm")
    await deputy.hears(lambda: "Stands in for: Маматова" in deputy.sees)
    await deputy.says("/admin")
    assert "Stands in for: Маматова" in deputy.sees
    await admin.taps("🔑 Roles")
    await admin.taps("🔎 Choose roles")
    await admin.taps("Approver of announcements")
    assert "👥 Deputies: Маматова" in admin.sees
    await admin.taps("1. ")
    await admin.taps("👥 Маматова")
    assert "👥 Appoint a deputy" not in admin.buttons


async def test_own_last_right_is_not_taken_away(telegram: Telegram) -> None:
    admin = await administrator(telegram)
    grant_id = await telegram.value("select id from role_grants where telegram_id = :id", id=admin.id)
    await admin.presses(admin.screen["message_id"], f"tr:{grant_id}")
    assert admin.sees.startswith("You cannot take your own right of an administrator away.") or (
        admin.tap_answer["text"].startswith("You cannot take your own right")
    )
    assert await grants(telegram, admin) == [("admin", None, None, None)]


async def test_what_cannot_be_understood_is_asked_again_and_cancel_leaves_everything(telegram: Telegram) -> None:
    admin = await administrator(telegram)
    friend = await student(telegram)
    await admin.taps("➕ Give a role")
    await admin.says("<b>эч ким</b>")
    assert admin.sees.startswith("Nobody was found.")
    await admin.says(friend.person_no)
    await admin.taps(f"Жаңыл{friend.id}")
    await admin.taps("Employee of a unit")
    await admin.says("nowhere at all")
    assert admin.sees.startswith("No such unit was found.")
    await admin.says("мти")
    await admin.taps("Institute of IT")
    await admin.says("31.02.2027")
    assert admin.sees.startswith("This is not a date.")
    await admin.says("01.12.2099")
    await admin.says("30.11.2099")
    assert admin.sees.startswith("The last day lies before the first.")
    await admin.says("02.12.2099")
    review = admin.screen
    await admin.says("/cancel")
    await admin.taps_on(review, "✅ Confirm")
    assert admin.tap_answer["text"] == "This button is of an earlier step. Nothing was changed."
    assert await grants(telegram, friend) == []


async def test_review_of_another_draft_gives_nothing_but_shows_what_would_be_given_now(telegram: Telegram) -> None:
    admin = await administrator(telegram)
    one, other = await student(telegram), await student(telegram)
    reviews = []
    for friend in (one, other):
        await admin.says("/admin")
        await admin.taps("🔑 Roles")
        await admin.taps("➕ Give a role")
        await admin.says(friend.person_no)
        await admin.taps(f"Жаңыл{friend.id}")
        await admin.taps("Survey manager")
        await admin.taps("From today")
        await admin.taps("Without an end")
        reviews.append(admin.screen)
    await admin.taps_on(reviews[0], "✅ Confirm")
    assert await grants(telegram, one) == await grants(telegram, other) == []
    shown = next(m for m in admin.messages if m["message_id"] == reviews[0]["message_id"])
    assert f"Жаңыл{other.id}" in shown["text"]
    await admin.taps_on(shown, "✅ Confirm")
    assert await grants(telegram, other) == [("survey_manager", None, None, None)]


async def test_telegram_id_of_ten_digits_typed_by_somebody_without_a_person_is_no_one_time_code(
    telegram: Telegram,
) -> None:
    admin = telegram.stranger(language_code="en")
    await admin.says("/help")
    await appointed(telegram, admin, Role.ADMIN)
    await admin.says("/admin")
    await admin.taps("🔑 Roles")
    await admin.taps("➕ Give a role")
    await admin.says("5123456789")
    assert admin.buttons[0] == "Telegram account 5123456789"
    assert await telegram.rows("select 1 from link_attempts where account_id = :id", id=admin.id) == []


async def test_desk_is_closed_to_everybody_else(telegram: Telegram) -> None:
    admin = await administrator(telegram)
    grant_id = await telegram.value("select id from role_grants where telegram_id = :id", id=admin.id)
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await appointed(telegram, aizada, Role.REGISTRAR)
    await aizada.says("/admin")
    number = aizada.screen["message_id"]
    for data in (
        "go:t",
        "tl:0:all",
        f"tg:{grant_id}:0:all",
        f"ta:{grant_id}",
        f"tr:{grant_id}",
        f"td:{grant_id}",
        "tn",
    ):
        await aizada.presses(number, data)
        assert aizada.tap_answer["text"] == "You have no right to do this.", data
    assert await grants(telegram, admin) == [("admin", None, None, None)]


async def test_administrator_whose_right_ended_in_the_middle_gives_nothing(telegram: Telegram) -> None:
    admin = await administrator(telegram)
    friend = await student(telegram)
    await admin.taps("➕ Give a role")
    await admin.says(friend.person_no)
    await admin.taps(f"Жаңыл{friend.id}")
    await admin.taps("Survey manager")
    await admin.taps("From today")
    await admin.taps("Without an end")
    review = admin.screen
    await telegram.execute("update role_grants set revoked_at = granted_at where telegram_id = :id", id=admin.id)
    await admin.taps_on(review, "✅ Confirm")
    assert admin.tap_answer["text"] == "You have no right to do this."
    assert await grants(telegram, friend) == []

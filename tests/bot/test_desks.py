"""/admin, the desks it shows, and the command menu that follows roles."""

from typing import Any

import pytest

from services.access import OPERATOR, Role
from services.languages import Language
from services.roles.dto import Grant
from tests.support.friends import Friend
from tests.support.journeys import begun, said
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))


async def appointed(telegram: Telegram, friend: Friend, role: Role, unit: str | None = None, **days: Any) -> Grant:  # noqa: ANN401 -- the days of `grant`
    """Give somebody who wrote before a role, and wait until they are told."""
    told = len(friend.messages)
    grant = await telegram.bot.given.roles.grant(OPERATOR, str(friend.id), role, unit, **days)
    await friend.hears(lambda: len(friend.messages) > told)
    return grant


def commands(telegram: Telegram, friend: Friend) -> list[str]:
    """Return what Telegram shows in the person's menu."""
    return [entry["command"] for entry in telegram.world.commands_for(friend.id)]


@EVERY_LANGUAGE
async def test_admin_shows_the_roles_and_the_desks_they_open(telegram: Telegram, language: Language) -> None:
    bakyt = await telegram.meet("Бакыт", BAKYT, language)
    await appointed(telegram, bakyt, Role.REGISTRAR)
    assert begun(language, "🗂 You were given a role: <b>{role}</b>") in bakyt.sees
    assert said(language, "Study Office employee") in bakyt.sees
    await appointed(telegram, bakyt, Role.UNIT_HEAD, "mti")
    await bakyt.says("/admin")
    for words in ("Study Office employee", "Head of a unit"):
        assert said(language, words) in bakyt.sees
    assert bakyt.buttons == [
        said(language, words)
        for words in (
            "🎓 Study Office",
            "✏️ Corrections asked for",
            "📥 Certificate requests",
            "📋 Work plan",
            "📊 How plans stand",
            "🗓 Calendar of my unit",
            "📊 What surveys found",
            "🙋 Requests to be linked",
            "🛂 Papers that end",
            "☰ Menu",
        )
    ]
    await bakyt.taps(said(language, "☰ Menu"))
    await bakyt.taps(said(language, "🗂 Desks"))
    assert said(language, "Your roles:") in bakyt.sees


async def test_administrator_sees_every_desk(telegram: Telegram) -> None:
    bakyt = await telegram.meet("Бакыт", BAKYT, Language.EN)
    await appointed(telegram, bakyt, Role.ADMIN)
    await bakyt.says("/admin")
    assert bakyt.buttons == [
        "🎓 Study Office",
        "✏️ Corrections asked for",
        "📥 Certificate requests",
        "📣 Announcements: drafts, approvals",
        "🗓 Plans",
        "📊 How plans stand",
        "📝 Surveys: questionnaires, opening",
        "🧩 Questionnaires",
        "🙋 Requests to be linked",
        "📥 Roster",
        "🔑 Roles",
        "📣 Channels and groups",
        "📅 Working days",
        "🛂 Papers that end",
        "☰ Menu",
    ]


async def test_role_without_a_desk_is_named_and_promises_nothing(telegram: Telegram) -> None:
    bakyt = await telegram.meet("Бакыт", BAKYT, Language.EN)
    await appointed(telegram, bakyt, Role.SURVEY_MANAGER, "mti")
    await bakyt.says("/admin")
    assert "Survey manager" in bakyt.sees
    assert "Institute of IT" in bakyt.sees
    assert bakyt.buttons == ["☰ Menu"]


@EVERY_LANGUAGE
async def test_somebody_without_a_role_gets_a_plain_sentence_and_the_menu(
    telegram: Telegram, language: Language
) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    await aizada.says("/admin")
    assert aizada.sees == said(language, "You hold no role here, so there is nothing to open.")
    await aizada.taps(said(language, "☰ Menu"))
    assert said(language, "🗂 Desks") not in aizada.buttons


async def test_admin_leaves_a_form_that_was_begun(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    await aizada.says("/verify")
    await aizada.says("/admin")
    await aizada.says("hello")
    assert aizada.sees == said(Language.EN, "I did not understand that.")


async def test_command_menu_follows_roles_and_language(telegram: Telegram) -> None:
    bakyt = await telegram.meet("Бакыт", BAKYT, Language.RU)
    grant = await appointed(telegram, bakyt, Role.EDITOR)
    await bakyt.hears(lambda: "admin" in commands(telegram, bakyt))
    assert commands(telegram, bakyt)[:2] == ["certificate", "admin"]
    await bakyt.says("/language")
    await bakyt.taps("English")
    english = {"command": "admin", "description": "Desks of my roles"}
    await bakyt.hears(lambda: english in telegram.world.commands_for(bakyt.id))

    await telegram.bot.given.roles.revoke_grant(OPERATOR, grant.id)
    await bakyt.hears(lambda: "admin" not in commands(telegram, bakyt))
    await bakyt.hears(lambda: "This role of yours was ended" in bakyt.sees)
    async with telegram.unit_of_work() as uow:
        menus = await uow.roles.list_menus([], grant.granted_at.date(), Language.KY)
    assert bakyt.id not in {menu.account_id for menu in menus}

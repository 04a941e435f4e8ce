"""What the bot tells about itself."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonWebApp,
    WebAppInfo,
)

from bot.sandbox import World
from tests.sandbox.conftest import AIZADA


def command(name: str) -> BotCommand:
    return BotCommand(command=name, description=f"The command {name}")


async def test_get_me_describes_the_bot(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.first_name) == (42, "kabarchy_demo_bot", "Кабарчы")


async def test_a_person_sees_the_narrowest_commands_that_are_set(world: World, bot: Bot) -> None:
    def seen() -> list[str]:
        return [command["command"] for command in world.commands_for(AIZADA)]

    private, chat = BotCommandScopeAllPrivateChats(), BotCommandScopeChat(chat_id=AIZADA)
    assert seen() == []
    await bot.set_my_commands([command("default")])
    assert seen() == ["default"]
    await bot.set_my_commands([command("default_ky")], language_code="ky")
    assert seen() == ["default_ky"]
    await bot.set_my_commands([command("private")], scope=private)
    assert seen() == ["private"]
    await bot.set_my_commands([command("private_ru")], scope=private, language_code="ru")
    assert seen() == ["private"]
    await bot.set_my_commands([command("chat")], scope=chat)
    assert seen() == ["chat"]
    await bot.delete_my_commands(scope=chat)
    await bot.delete_my_commands(scope=private)
    assert seen() == ["default_ky"]


async def test_commands_are_returned_for_exactly_what_was_asked(bot: Bot) -> None:
    await bot.set_my_commands([command("help")], language_code="ky")
    assert await bot.get_my_commands() == []
    assert [command.command for command in await bot.get_my_commands(language_code="ky")] == ["help"]


async def test_impossible_commands_are_refused(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([command("Жардам")])
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_DESCRIPTION_INVALID"):
        await bot.set_my_commands([BotCommand(command="help", description="a" * 257)])


async def test_names_and_descriptions_go_by_language(bot: Bot) -> None:
    await bot.set_my_description("All")
    await bot.set_my_description("Баары", language_code="ky")
    await bot.set_my_short_description("Кыска")
    await bot.set_my_name("Кабарчи", language_code="ru")
    assert (await bot.get_my_description(language_code="ky")).description == "Баары"
    assert (await bot.get_my_description(language_code="ru")).description == "All"
    assert (await bot.get_my_short_description()).short_description == "Кыска"
    assert (await bot.get_my_name()).name == "Кабарчы"
    assert (await bot.get_my_name(language_code="ru")).name == "Кабарчи"
    await bot.set_my_description("", language_code="ky")
    assert (await bot.get_my_description(language_code="ky")).description == "All"
    with pytest.raises(TelegramBadRequest):
        await bot.set_my_short_description("a" * 121)


async def test_menu_buttons_go_by_chat(bot: Bot) -> None:
    web_app = MenuButtonWebApp(text="Ачуу", web_app=WebAppInfo(url="https://kstu.kg/"))
    await bot.set_chat_menu_button(chat_id=AIZADA, menu_button=web_app)
    assert (await bot.get_chat_menu_button(chat_id=AIZADA)).model_dump() == web_app.model_dump()
    assert (await bot.get_chat_menu_button()).type == "commands"

"""A survey in the chat: one message from the promise to the last screen."""

from pathlib import Path

from services.languages import Language
from tests.support.journeys import said
from tests.support.people import AIZADA
from tests.support.surveying import open_survey
from tests.support.telegram import Telegram

EN = Language.EN


async def test_smoke(telegram: Telegram, tmp_path: Path) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, EN)
    survey = await open_survey(telegram, tmp_path, aizada)
    await aizada.says("/survey")
    print(aizada.sees, aizada.buttons)
    await aizada.taps("Open survey")
    print(aizada.sees, aizada.buttons)
    await aizada.taps("Understood, begin")
    number = aizada.screen["message_id"]
    for _ in range(40):
        print(aizada.sees, aizada.buttons)
        if "Skip →" not in aizada.buttons:
            break
        options = [one for one in aizada.buttons if one not in {"← Back", "⏸ Pause", "Skip →"}]
        if "Reply to this" in aizada.sees:
            telegram.world.send_text(aizada.id, "It is <b>good</b> 👍\n\n  #tag", reply_to=number)
            await aizada.waits()
            print(aizada.sees, aizada.buttons, aizada.screen["entities"])
            await aizada.taps("Next →" if "Next →" in aizada.buttons else "To my answers")
            continue
        data = aizada.screen["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        await aizada.presses(number, data)
    await aizada.taps("Change")
    print(aizada.sees, aizada.buttons)
    await aizada.taps("To my answers")
    await aizada.taps("Send")
    print(aizada.sees, aizada.buttons)
    assert 0

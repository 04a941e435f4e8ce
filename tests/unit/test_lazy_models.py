"""aiogram's models are the same, whether built at import or at first use."""

import subprocess
import sys

_SCRIPT = """
from bot.lazy_models import import_aiogram
import_aiogram()
import aiogram.methods, aiogram.types
from aiogram.methods.base import Response
{first_use}
"""
_EVERYTHING = """
for module in (aiogram.types, aiogram.methods):
    for name in module.__all__:
        model = getattr(module, name)
        if hasattr(model, "model_rebuild"):
            model.model_rebuild(raise_errors=True)
            assert model.__pydantic_complete__, name
print(len(aiogram.types.__all__) + len(aiogram.methods.__all__))
"""
_ANSWER_FIRST = """
sent = Response[aiogram.types.Message].model_validate(
    {"ok": True, "result": {"message_id": 5, "date": 1, "chat": {"id": 1, "type": "private"}}}
)
assert sent.result.message_id == 5
"""
_UPDATE_FIRST = """
update = aiogram.types.Update.model_validate_json('{"update_id": 1, "message": {"message_id": 5, "date": 1, "chat": '
    '{"id": 1, "type": "private"}, "text": "/start", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}}')
assert update.message.entities[0].type == "bot_command"
"""
_REQUEST_FIRST = """
request = aiogram.methods.SendMessage(chat_id=1, text="x", reply_markup=aiogram.types.InlineKeyboardMarkup(
    inline_keyboard=[[aiogram.types.InlineKeyboardButton(text="x", callback_data="y")]]))
assert request.model_dump(exclude_none=True)["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "y"
"""


def _run(script: str) -> str:
    done = subprocess.run(  # noqa: S603 -- our own lines
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_model_can_be_built_after_an_update_was_read() -> None:
    assert int(_run(_SCRIPT.format(first_use=_UPDATE_FIRST) + _EVERYTHING)) > 400


def test_an_answer_can_be_the_first_thing_that_is_read() -> None:
    _run(_SCRIPT.format(first_use=_ANSWER_FIRST))


def test_a_request_can_be_the_first_thing_that_is_made() -> None:
    _run(_SCRIPT.format(first_use=_REQUEST_FIRST))

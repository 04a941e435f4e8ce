"""The description of the Bot API that calls are checked against."""

from bot.sandbox.methods import all_methods
from bot.sandbox.schema.reduce import reduce_api
from bot.sandbox.validation import Schema


def test_reducing_keeps_names_types_and_constants_but_no_sentences() -> None:
    described = {
        "version": "Bot API 0.1",
        "methods": {
            "wave": {
                "description": ["Waves."],
                "fields": [
                    {"name": "chat_id", "types": ["Integer", "String"], "required": True, "description": "Whom."},
                    {"name": "hand", "types": ["Hand"], "required": False, "description": "Which."},
                ],
            }
        },
        "types": {
            "Hand": {"subtypes": ["HandLeft"], "description": ["A hand."]},
            "HandLeft": {
                "fields": [{"name": "type", "types": ["String"], "required": True, "description": "It must be left"}]
            },
        },
    }
    assert reduce_api(described) == {
        "version": "Bot API 0.1",
        "methods": {"wave": {"chat_id": "Integer|String", "hand": "Hand?"}},
        "types": {"Hand": ["HandLeft"], "HandLeft": {"type": "String=left"}},
    }


def test_every_method_of_the_sandbox_exists_in_the_bot_api() -> None:
    schema = Schema.load()
    for name in all_methods():
        assert schema.method(name).name == name

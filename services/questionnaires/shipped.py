"""The questionnaires that come with the bot."""

from collections.abc import Mapping
from importlib import resources
from typing import Any, Final

from services.questionnaires.dto import Questionnaire
from services.questionnaires.reading import read_questionnaire, read_toml

_SHIPPED: Final = ("climate-students", "climate-staff", "state-language", "graduates", "employers")


def list_shipped() -> tuple[str, ...]:
    """Return the codes of all questionnaires that come with the bot, the most used first."""
    return _SHIPPED


def load_shipped(code: str) -> Questionnaire:
    """Return a questionnaire that comes with the bot.

    Raises:
        LookupError: none is called so.
    """
    return read_questionnaire(shipped_source(code))


def shipped_source(code: str) -> Mapping[str, Any]:
    """Return such a questionnaire as its file has it, which is what the database keeps.

    Raises:
        LookupError: none is called so.
    """
    return read_toml(shipped_file(code))


def shipped_file(code: str) -> bytes:
    """Return the file of such a questionnaire, to begin one's own from.

    Raises:
        LookupError: none is called so.
    """
    if code not in _SHIPPED:
        raise LookupError(code)
    return (resources.files("services.questionnaires") / "library" / f"{code}.toml").read_bytes()

"""The word "anonymous" stands only where it is true, or where it is said that something is not."""

import pytest
from babel.messages.pofile import read_po

from locales.update import catalogue_path, extract
from services.languages import Language
from services.questionnaires.wording import says_anonymous

#: Beginnings of all messages that may hold the word, each with the reason.
ALLOWED = {
    "This survey is anonymous. We ask neither your name": "the page of the anonymous mode",
    "Anonymous survey. Draw a ticket from the box": "the paper ticket",
    "But this chat is not anonymous:": "the chat says that it is not",
    "A personal talk is not anonymous:": "the talk says that it is not",
    "anonymous: paper tickets and a web page": "the mode's name at the survey manager's desk",
    "🎟 Anonymous: everybody draws a paper ticket": "the mode is chosen at the survey manager's desk",
    "a text says “anonymous”, which only an anonymous survey may": "questionnaires of other modes are held to it",
    "the answers are too many for the chat,": "the way out of a questionnaire that is too long for the chat",
    "⚠️ The text calls something anonymous, while": "the announcement desk warns of the word",
}


def texts(message: object) -> list[str]:
    return [message] if isinstance(message, str) else list(message or ())  # type: ignore[call-overload]


def is_allowed(text: str) -> bool:
    return any(text.startswith(beginning) for beginning in ALLOWED)


def test_what_is_said_in_english_promises_nothing_elsewhere() -> None:
    saying = [text for message in extract() for text in texts(message.id) if says_anonymous(text)]
    assert [text for text in saying if not is_allowed(text)] == []
    assert [one for one in ALLOWED if not any(text.startswith(one) for text in saying)] == []


@pytest.mark.parametrize("language", Language)
def test_no_translation_promises_what_its_source_does_not(language: Language) -> None:
    with catalogue_path(language.value).open("rb") as source:
        catalogue = read_po(source, locale=language.value)
    promising = [
        texts(message.id)[0]
        for message in catalogue
        if message.id and any(says_anonymous(text) for text in texts(message.string))
    ]
    assert [text for text in promising if not is_allowed(text)] == []

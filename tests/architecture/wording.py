"""What tests of sentences share: a university, somebody whose name looks like markup, and what every text must be."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from bot.documents.university import load
from bot.i18n import Catalogues
from bot.localtime import LocalTime
from bot.stationery import card_of, kinds_of
from services.access import LinkedPerson
from services.delivery.dto import OutgoingMessage
from services.languages import Language

UNIVERSITY = load()
CARD = card_of(UNIVERSITY)
KIND = kinds_of(UNIVERSITY)["study"]
DATES = LocalTime(ZoneInfo("Asia/Bishkek"))
I18N = Catalogues()
MOMENT = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)
AIZADA = LinkedPerson(id=1, person_no="S-1001", full_name="<b>Маматова</b> Айзада & Бакытовна")


class Markup(HTMLParser):
    """Collects tags; Telegram refuses a message whose tags do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        """Note that the tag is open."""
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last one; another must not be closed before it."""
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        """Collect what is read."""
        self.text += data


def check(texts: Mapping[Language, str]) -> None:
    """Check a text in its three languages."""
    for text in texts.values():
        markup = Markup(text)
        assert markup.opened == []
        assert markup.text.strip()
        assert not set("{}") & set(markup.text)
        assert "None" not in markup.text
        assert len(markup.text.encode("utf-16-le")) // 2 <= 1024  # Telegram's limit for a caption
    assert len(set(texts.values())) == 3, "two languages say the same: a text is not translated"


def check_messages(messages: Mapping[Language, OutgoingMessage | None]) -> None:
    """Check messages that must be sent."""
    check({language: message.text for language, message in messages.items() if message is not None})

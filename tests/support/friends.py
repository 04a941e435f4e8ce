"""People in a private chat with the bot: what they do, and what they see."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.support.telegram import Telegram


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document as it stands in the chat."""

    name: str
    caption: str
    file_unique_id: str
    content: bytes = field(repr=False)


class Friend:
    """Somebody in a private chat with the bot."""

    def __init__(self, telegram: "Telegram", number: int) -> None:
        self.telegram = telegram
        self.world = telegram.world
        self.id = number
        self.person_no = f"S-{number}"
        self.last_tap = ""

    async def says(self, words: str, **how: Any) -> None:  # noqa: ANN401 -- `World.send_text`'s own
        """Write to the bot and wait until it is through with that."""
        self.world.send_text(self.id, words, **how)
        await self.waits()

    async def starts(self, payload: str = "") -> None:
        """Press Start, or open a deep link."""
        self.world.start(self.id, payload)
        await self.waits()

    async def taps(self, label: str, *, wait: bool = True) -> None:
        """Press a button of the newest keyboard by what stands on it."""
        screen = next(message for message in reversed(self.messages) if "reply_markup" in message)
        await self.taps_on(screen, label, wait=wait)

    async def taps_on(self, screen: dict[str, Any], label: str, *, wait: bool = True) -> None:
        """Press a button of any message, as it stood when it was looked at."""
        rows = screen["reply_markup"]["inline_keyboard"]
        data = {button["text"]: button["callback_data"] for row in rows for button in row if "callback_data" in button}
        found = [text for text in data if label in text]
        assert len(found) == 1, f"{label!r} is not one of {list(data)}"
        await self.presses(screen["message_id"], data[found[0]], wait=wait)

    async def presses(self, message_id: int, data: str, *, wait: bool = True) -> None:
        """Press a button by its data, also one that is gone."""
        self.last_tap = self.world.press(self.id, message_id, data)
        if wait:
            await self.waits()

    async def sends_file(self, content: bytes, name: str = "certificate.pdf", **how: Any) -> None:  # noqa: ANN401 -- `World.send_document`'s own
        """Send a document."""
        self.world.send_document(self.id, name, content, **({"mime": "application/pdf"} | how))
        await self.waits()

    async def waits(self) -> None:
        """Wait until the bot is through with what was done last."""
        await self.telegram.is_through(self.telegram.last_update())

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What the bot has written and not deleted."""
        return self.world.bot_messages(self.id)

    @property
    def screen(self) -> dict[str, Any]:
        """The newest message of the bot."""
        return self.messages[-1]

    @property
    def sees(self) -> str:
        """The text of the newest message of the bot; nothing while it has not written."""
        if not self.messages:
            return ""
        return str(self.screen.get("text") or self.screen.get("caption") or "")

    @property
    def buttons(self) -> list[str]:
        """What stands on the buttons of the newest message."""
        screen = self.messages[-1] if self.messages else {}
        rows = screen.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    @property
    def tap_answer(self) -> dict[str, Any]:
        """What the last tap was answered with."""
        answer = self.world.callback_answer(self.last_tap)
        assert answer is not None, "the tap was not answered"
        return answer

    @property
    def papers(self) -> list[Paper]:
        """All documents that the bot has sent."""
        return [self._paper(message) for message in self.messages if "document" in message]

    async def document(self, number: int = 1) -> Paper:
        """Wait for the first (or another) document."""
        await self.hears(lambda: len(self.papers) >= number)
        return self.papers[number - 1]

    async def hears(self, condition: Callable[[], object]) -> None:
        """Wait for something to be seen."""
        await self.world.wait_for(condition)

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The bot's calls of a method that concerned this chat, those that failed too."""
        return [
            call.params
            for call in self.world.calls
            if call.method == method and str(call.params.get("chat_id")) == str(self.id)
        ]

    def _paper(self, message: dict[str, Any]) -> Paper:
        document = message["document"]
        return Paper(
            name=document["file_name"],
            caption=message.get("caption", ""),
            content=self.world.file(document["file_id"]),
            file_unique_id=document["file_unique_id"],
        )

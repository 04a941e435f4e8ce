"""What is taken out of sealed replies at closing: taps and texts apart, each in an order that nobody can foretell."""

import asyncio
import json
import secrets
from collections.abc import Sequence
from typing import TypeVar

from services.questionnaires.dto import Questionnaire
from services.questionnaires.routes import stored, stored_texts
from services.surveys.dto import PlainReply, PlainText, Reply, Stratum
from services.surveys.sealing import SealError, open_sealed

T = TypeVar("T")

_CHANCE = secrets.SystemRandom()
_DRAWN = 16  # bytes; two equal ones among millions of rows are not to be expected


class Opened:
    """The replies of one survey on their way to the readable tables.

    `read`: rows that were opened or tried; `broken`: those among them that are not sealed to the key, damaged, or name
    a group that the survey does not have. Threads do the work, one at a time, so that the event loop stays free.
    """

    def __init__(self, questionnaire: Questionnaire, strata: Sequence[Stratum]) -> None:
        self._questionnaire = questionnaire
        self._above = {one.code: one.parent or one.code for one in strata if one.leaf}
        self.replies: list[PlainReply] = []
        self.texts: list[PlainText] = []
        self.read = 0
        self.broken = 0

    async def add(self, bodies: Sequence[bytes], key: bytes) -> None:
        """Open a portion."""
        await asyncio.to_thread(self._add, bodies, key)

    async def shuffle(self) -> None:
        """Forget the order in which they came; neither of the two orders tells of the other."""
        self.replies = await asyncio.to_thread(shuffled, self.replies)
        self.texts = await asyncio.to_thread(shuffled, self.texts)

    def _add(self, bodies: Sequence[bytes], key: bytes) -> None:
        for body in bodies:
            self.read += 1
            try:
                self._keep(open_sealed(body, key))
            except (SealError, ValueError, KeyError, TypeError):
                self.broken += 1

    def _keep(self, reply: Reply) -> None:
        """Keep what the questionnaire's routes let through, the same that was checked before it was sealed."""
        above = self._above[reply.stratum]
        answers = stored(self._questionnaire, reply.answers)
        texts = stored_texts(self._questionnaire, reply.answers, reply.texts)
        written = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
        self.replies.append(PlainReply(stratum=reply.stratum, answers=written))
        self.texts += [PlainText(item=item, stratum=above, words=words) for item, words in texts.items()]


def shuffled(rows: Sequence[T]) -> list[T]:
    """Return rows sorted by numbers of 128 bits that the system draws: all orders are equally likely.

    `SystemRandom.shuffle` asks the system once for each row, and so keeps the event loop waiting for 0.1 s.
    """
    drawn = _CHANCE.randbytes(_DRAWN * len(rows))
    order = sorted(range(len(rows)), key=lambda place: drawn[_DRAWN * place : _DRAWN * (place + 1)])
    return [rows[place] for place in order]

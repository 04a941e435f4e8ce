"""What is taken out of sealed replies at closing: taps and texts apart, each in an order that nobody can foretell."""

import asyncio
import json
import secrets
from collections import Counter
from collections.abc import Sequence
from typing import Final, TypeVar

from services.questionnaires.dto import Questionnaire
from services.questionnaires.routes import stored, stored_texts
from services.surveys.dto import FEWEST, PlainReply, PlainText, Reply, Stratum
from services.surveys.merging import Merged, merge_small
from services.surveys.sealing import SealError, open_sealed

T = TypeVar("T")

_CHANCE = secrets.SystemRandom()
_DRAWN = 16  # bytes; two equal ones among millions of rows are not to be expected
#: Some rows may be broken by whoever can write into the database; more than that is a fault of ours, or of the disk.
_FEW_BROKEN: Final = 5
_PERCENT_BROKEN: Final = 1
_HUNDRED: Final = 100


class Opened:
    """The replies of one survey on their way to the readable tables.

    `read`: rows that were opened or tried; `broken`: those among them that are not sealed to the key, damaged, or name
    a group that the survey does not have. Blanks of who declined are dropped. Threads do the work, one at a time, so
    that the event loop stays free.
    """

    def __init__(self, questionnaire: Questionnaire, strata: Sequence[Stratum]) -> None:
        self._questionnaire = questionnaire
        self._strata = tuple(strata)
        self._leaves = {one.code for one in strata if one.leaf}
        self.replies: list[PlainReply] = []
        self.texts: list[PlainText] = []
        self.merged: Merged | None = None
        self.read = 0
        self.broken = 0

    @property
    def is_damaged(self) -> bool:
        """Whether so much is broken that the closing must not go on by itself."""
        many = self.broken > _FEW_BROKEN and self.broken * _HUNDRED > self.read * _PERCENT_BROKEN
        return many or 0 < self.read == self.broken

    @property
    def is_too_few(self) -> bool:
        """Whether fewer than FEWEST answered: then nothing is kept."""
        return self.merged is not None and not self.replies

    async def add(self, bodies: Sequence[bytes], key: bytes) -> None:
        """Open a portion."""
        await asyncio.to_thread(self._add, bodies, key)

    async def settle(self) -> None:
        """Put small groups together, and forget the order in which replies came; none of the orders tells of another.

        Of fewer than FEWEST replies nothing is left.
        """
        await asyncio.to_thread(self._settle)

    def _add(self, bodies: Sequence[bytes], key: bytes) -> None:
        for body in bodies:
            self.read += 1
            try:
                reply = open_sealed(body, key)
            except SealError:
                self.broken += 1
                continue
            if reply.declined:
                continue
            if reply.stratum not in self._leaves:
                self.broken += 1
                continue
            self._keep(reply)

    def _keep(self, reply: Reply) -> None:
        """Keep what the questionnaire's routes let through, the same that was checked before it was sealed."""
        answers = stored(self._questionnaire, reply.answers)
        texts = stored_texts(self._questionnaire, reply.answers, reply.texts)
        written = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
        self.replies.append(PlainReply(stratum=reply.stratum, answers=written))
        self.texts += [PlainText(item=item, stratum=reply.stratum, words=words) for item, words in texts.items()]

    def _settle(self) -> None:
        self.merged = merged = merge_small(self._strata, Counter(one.stratum for one in self.replies))
        if len(self.replies) < FEWEST:
            self.replies, self.texts = [], []
        above = merged.above()
        self.replies = shuffled(
            [PlainReply(stratum=merged.leaves[one.stratum], answers=one.answers) for one in self.replies]
        )
        self.texts = shuffled(
            [PlainText(item=one.item, stratum=above[one.stratum], words=one.words) for one in self.texts]
        )


def shuffled(rows: Sequence[T]) -> list[T]:
    """Return rows sorted by numbers of 128 bits that the system draws: all orders are equally likely.

    `SystemRandom.shuffle` asks the system once for each row, and so keeps the event loop waiting for 0.1 s.
    """
    drawn = _CHANCE.randbytes(_DRAWN * len(rows))
    order = sorted(range(len(rows)), key=lambda place: drawn[_DRAWN * place : _DRAWN * (place + 1)])
    return [rows[place] for place in order]

"""Surveys as a plausible developer keeps them who thought of privacy: each of them is broken by one of the attacks.

All of them have random keys where it says nothing else, no column of a person's beside a reply, and no times. Each is
written like the program's own: somebody finishes in one or more transactions, later the survey is closed.
"""

import json
import random
import uuid
from abc import ABC, abstractmethod
from typing import ClassVar

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tests.support.crowd import Respondent

_MARK = text("insert into naive_marks (person_id) values (:person)")
_PLAIN = text("insert into naive_replies (id, stratum, answers) values (:id, :group, cast(:answers as jsonb))")
_SEAL = text("insert into naive_sealed (id, stratum, answers) values (:id, :group, cast(:answers as jsonb))")


class Design(ABC):
    """A way of keeping replies apart from people. `naive_sealed` stands for what nobody can read before the closing."""

    TABLES: ClassVar[tuple[str, ...]] = (
        "create table naive_marks (person_id bigint primary key)",
        "create table naive_replies (id uuid primary key, stratum text not null, answers jsonb not null)",
        "create table naive_sealed (id uuid primary key, stratum text not null, answers jsonb not null)",
    )

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._chance = random.Random(7)  # noqa: S311 -- a test that can be repeated

    async def open(self) -> None:
        """Make the tables."""
        async with self._engine.begin() as connection:
            for table in self.TABLES:
                await connection.execute(text(table))

    @abstractmethod
    async def finish(self, one: Respondent) -> None:
        """Write what is left of somebody who answered."""

    async def close(self) -> None:  # noqa: B027 -- what is plain from the beginning stays as it is
        """Make the replies readable."""

    async def _write(self, one: Respondent, *statements: object) -> None:
        """Write in one transaction."""
        async with self._engine.begin() as connection:
            for statement in statements:
                await connection.execute(statement, _row(one, self._key()))  # type: ignore[call-overload]

    def _key(self) -> uuid.UUID:
        return uuid.UUID(int=self._chance.getrandbits(128), version=4)

    async def _sealed(self, connection: AsyncConnection) -> list[dict[str, object]]:
        rows = await connection.execute(text("select id, stratum, answers from naive_sealed order by ctid"))
        return [{"id": row.id, "group": row.stratum, "answers": json.dumps(row.answers)} for row in rows]


class OneTransaction(Design):
    """Mark and reply in one transaction, so that none is without the other. `xmin` is the same in both."""

    async def finish(self, one: Respondent) -> None:
        """Write both at once."""
        await self._write(one, _MARK, _PLAIN)


class TwoTransactions(Design):
    """Mark and reply in transactions of their own: `xmin` differs, but both tables lie in the order of finishing."""

    async def finish(self, one: Respondent) -> None:
        """Write one after the other."""
        await self._write(one, _MARK)
        await self._write(one, _PLAIN)


class SmallBatches(Design):
    """Replies wait in memory and go out ten at a time, shuffled: nobody is linked for sure, but the order shows."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self._waiting: list[Respondent] = []

    async def finish(self, one: Respondent) -> None:
        """Write the mark, and the replies if there are enough."""
        await self._write(one, _MARK)
        self._waiting.append(one)
        if len(self._waiting) == 10:
            await self.close()

    async def close(self) -> None:
        """Write what waits."""
        self._chance.shuffle(self._waiting)
        async with self._engine.begin() as connection:
            for one in self._waiting:
                await connection.execute(_PLAIN, _row(one, self._key()))
        self._waiting.clear()


class UnshuffledClosing(Design):
    """Sealed until the closing, which opens them as they lie: new keys, one transaction, and the order of finishing."""

    async def finish(self, one: Respondent) -> None:
        """Write mark and sealed reply."""
        await self._write(one, _MARK, _SEAL)

    async def close(self) -> None:
        """Open all."""
        async with self._engine.begin() as connection:
            for row in await self._sealed(connection):
                await connection.execute(_PLAIN, row | {"id": self._key()})
            await connection.execute(text("truncate naive_sealed"))


class KeptKeys(Design):
    """Sealed and shuffled, but a reply keeps its random key: whoever has an old copy finds the sealed row again."""

    async def finish(self, one: Respondent) -> None:
        """Write mark and sealed reply."""
        await self._write(one, _MARK, _SEAL)

    async def close(self) -> None:
        """Open all, shuffled."""
        async with self._engine.begin() as connection:
            rows = await self._sealed(connection)
            self._chance.shuffle(rows)
            await connection.execute(_PLAIN, rows)
            await connection.execute(text("delete from naive_sealed"))


class KeysInTime(KeptKeys):
    """As before, with the keys that many recommend for databases today: they begin with the time (version 7)."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self._milliseconds = 1_795_000_000_000

    def _key(self) -> uuid.UUID:
        self._milliseconds += self._chance.randrange(1, 5_000)
        return uuid.UUID(int=self._milliseconds << 80 | 7 << 76 | 2 << 62 | self._chance.getrandbits(62))


def _row(one: Respondent, key: uuid.UUID) -> dict[str, object]:
    return {"person": one.person, "id": key, "group": one.group, "answers": json.dumps(dict(one.answers))}

"""Where a person stands in a form."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.fetching import fetch_row
from services.db.models import ConversationState

_FIND_STATE = "select state from conversation_states where key = $1"


class ConversationStore:
    """States and data of forms by key; every call is one statement in its own transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def find_state(self, key: str) -> str | None:
        """Return the state."""
        async with self._engine.connect() as connection:
            row = await fetch_row(connection, _FIND_STATE, key)
        return None if row is None else row[0]

    async def find_data(self, key: str) -> dict[str, Any]:
        """Return the data; empty where there is none."""
        async with self._engine.connect() as connection:
            data = await connection.scalar(select(ConversationState.data).where(ConversationState.key == key))
            return data or {}

    async def put(self, key: str, **values: object) -> None:
        """Write the state or the data."""
        moment = {"touched_at": func.clock_timestamp()}
        statement = insert(ConversationState).values(key=key, **values, **moment)
        async with self._engine.connect() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={**values, **moment}))

    async def merge_data(self, key: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """Add to the data in one step, so that two updates lose nothing; return the whole."""
        statement = insert(ConversationState).values(key=key, data=dict(data), touched_at=func.clock_timestamp())
        merged = statement.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "data": ConversationState.data.op("||")(statement.excluded.data),
                "touched_at": statement.excluded.touched_at,
            },
        ).returning(ConversationState.data)
        async with self._engine.connect() as connection:
            return dict((await connection.execute(merged)).scalar_one())

    async def purge(self, older_than: timedelta, form: str = "") -> int:
        """Forget forms that were left, all or those of one name; return how many."""
        left = ConversationState.touched_at < func.clock_timestamp() - older_than
        if form:
            left &= ConversationState.state.startswith(f"{form}:", autoescape=True)
        async with self._engine.connect() as connection:
            gone = await connection.execute(delete(ConversationState).where(left))
            return gone.rowcount

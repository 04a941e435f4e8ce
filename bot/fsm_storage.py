"""aiogram's form states, kept in PostgreSQL: a restart or another replica goes on where the person was."""

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from services.db.repositories.conversation import ConversationStore

_KEYS = DefaultKeyBuilder(with_bot_id=True)


class PostgresStorage(BaseStorage):
    """States and data by bot, chat and user."""

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    def name(self, key: StorageKey) -> str:
        """Return the name under which a conversation's form is stored."""
        return _KEYS.build(key)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Enter a state; None leaves the form."""
        await self._store.put(self.name(key), state=state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state."""
        return await self._store.find_state(self.name(key))

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data."""
        await self._store.put(self.name(key), data=dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return the data."""
        return await self._store.find_data(self.name(key))

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """Add to the data in one step."""
        return await self._store.merge_data(self.name(key), data)

    async def close(self) -> None:
        """Nothing to close: the engine belongs to the container."""

"""Where people stand in a form, kept by the database."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.db.repositories.conversation import ConversationStore
from tests.support.waiting import ask

KEY = "fsm:1:7001:7001"


@pytest.fixture
def store(engine: AsyncEngine) -> ConversationStore:
    return ConversationStore(engine)


async def test_nobody_stands_in_a_form_at_first(store: ConversationStore) -> None:
    assert await store.find_state(KEY) is None
    assert await store.find_data(KEY) == {}


async def test_state_and_data_are_kept_apart(store: ConversationStore) -> None:
    await store.put(KEY, state="LinkingForm:code")
    await store.put(KEY, data={"step": 1})
    assert await store.find_state(KEY) == "LinkingForm:code"
    await store.put(KEY, state=None)
    assert await store.find_state(KEY) is None
    assert await store.find_data(KEY) == {"step": 1}
    assert await store.find_state("fsm:2:7001:7001") is None


async def test_many_updates_of_one_form_lose_nothing(store: ConversationStore) -> None:
    await asyncio.gather(*(store.merge_data(KEY, {f"answer {number}": number}) for number in range(30)))
    assert await store.find_data(KEY) == {f"answer {number}": number for number in range(30)}
    assert await store.merge_data(KEY, {"answer 0": "Өмүр"}) == await store.find_data(KEY)


async def test_forms_that_were_left_long_ago_are_forgotten(store: ConversationStore, engine: AsyncEngine) -> None:
    await store.put(KEY, state="left")
    await store.put("other", state="fresh")
    age = "update conversation_states set touched_at = now() - interval '31 days' where state = 'left' returning 1"
    await ask(engine, age)
    assert await store.purge(timedelta(days=30)) == 1
    assert (await store.find_state(KEY), await store.find_state("other")) == (None, "fresh")


async def test_that_somebody_wanted_a_talk_is_forgotten_sooner(store: ConversationStore, engine: AsyncEngine) -> None:
    await store.put(KEY, state="TrustForm:talk")
    await store.put("other", state="TrustFormed:code")
    await ask(engine, "update conversation_states set touched_at = now() - interval '2 hours' returning 1")
    assert await store.purge(timedelta(hours=1), "TrustForm") == 1
    assert (await store.find_state(KEY), await store.find_state("other")) == (None, "TrustFormed:code")

"""Handlers: what they ask for is given, buttons fit, forms do not eat commands."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import Enum
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command, CommandStart
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.fsm.state import State
from magic_filter import MagicFilter

from bot.dispatcher import ALLOWED_UPDATES, Given
from handlers import create_root_router
from handlers.common.filters import HoldsCertificateCode, HoldsLinkCode
from handlers.desk_sheets.filters import CarriesQueue

#: What aiogram gives every handler.
AIOGRAM = {"bot", "event_from_user", "event_chat", "event_update", "state", "raw_state"}
#: What `bot.middlewares` give, by the kind of update.
MIDDLEWARES = {"actor", "reader", "i18n"}
#: What `bot.middlewares` take.
TAKEN_BY_MIDDLEWARES = {"paper_words"}
TAPS = {"tap"}
KIND_ID = "k" * 32  # the longest that a university file may give


@dataclass(frozen=True)
class Served:
    """A handler where it stands in the tree."""

    router: str
    update: str
    handler: HandlerObject

    @property
    def name(self) -> str:
        """Where it stands and what it is called."""
        return f"{self.router}/{self.update}: {self.handler.callback.__name__}"

    @property
    def filters(self) -> list[Any]:
        """Its filters as objects."""
        return [one.callback for one in self.handler.filters or []]

    @property
    def magic(self) -> list[MagicFilter]:
        """Its filters that are written with `F`."""
        return [one.magic for one in self.handler.filters or [] if one.magic is not None]


def handlers() -> list[Served]:
    return [
        Served(router.name, update, handler)
        for router in create_root_router().chain_tail
        for update, observer in router.observers.items()
        for handler in observer.handlers
    ]


HANDLERS = handlers()


def given_by_filters(served: Served) -> Iterator[str]:
    for one in served.filters:
        if isinstance(one, Command):
            yield "command"
        elif isinstance(one, CallbackQueryFilter):
            yield "callback_data"
        elif isinstance(one, HoldsCertificateCode | HoldsLinkCode):
            yield "code"
        elif isinstance(one, CarriesQueue):
            yield "content"
    for magic in served.magic:
        yield from (name for step in magic._operations if (name := getattr(step, "name", None)) and name != "text")


@pytest.mark.parametrize("served", HANDLERS, ids=lambda served: served.name)
def test_every_parameter_of_a_handler_is_given(served: Served) -> None:
    event, *_rest = inspect.signature(served.handler.callback).parameters
    assert event in {"event", "message"}
    given = {field.name for field in fields(Given)} | AIOGRAM | MIDDLEWARES | set(given_by_filters(served)) | {event}
    if served.update == "callback_query":
        given |= TAPS
    assert set(served.handler.params) <= given
    assert not served.handler.varkw, "a handler that takes everything hides what it needs"


def test_everything_that_is_given_is_used_by_a_handler_or_a_middleware() -> None:
    used = {name for served in HANDLERS for name in served.handler.params}
    assert {field.name for field in fields(Given)} <= used | TAKEN_BY_MIDDLEWARES


def test_telegram_is_asked_for_every_kind_of_update_that_has_a_handler() -> None:
    assert {served.update for served in HANDLERS} == set(ALLOWED_UPDATES)


def test_two_trees_can_stand_beside_each_other() -> None:
    assert len(handlers()) == len(handlers()) == len(HANDLERS)


def test_fallback_stands_last() -> None:
    assert HANDLERS[-1].router == "fallback"
    *others, last = [router.name for router in create_root_router().sub_routers]
    assert last == "fallback"
    assert "fallback" not in others


def test_handlers_without_any_filter_stand_in_the_fallback_only() -> None:
    assert {served.router for served in HANDLERS if not served.handler.filters} == {"fallback"}


@pytest.mark.parametrize(
    "served",
    [served for served in HANDLERS if served.update == "message" and any(isinstance(f, State) for f in served.filters)],
    ids=lambda served: served.name,
)  # fmt: skip
def test_form_does_not_eat_commands(served: Served) -> None:
    command = SimpleNamespace(text="/cancel", caption=None, document=None, contact=None)
    passes_by = [magic for magic in served.magic if not magic.resolve(command)]
    reads_a_code = [one for one in served.filters if isinstance(one, HoldsCertificateCode | HoldsLinkCode)]
    assert passes_by or reads_a_code


def buttons(root: type[CallbackData] = CallbackData) -> list[type[CallbackData]]:
    """Return all callback data of ours, wherever they are defined."""
    found = [child for child in root.__subclasses__() if child.__module__.startswith("handlers.")]
    return found + [grandchild for child in found for grandchild in buttons(child)]


def largest(annotation: Any) -> Any:  # noqa: ANN401 -- a value of any field
    """Return the longest value that a button may have to carry."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return max(annotation, key=lambda member: len(str(member.value)))
    values = {int: -(2**63), str: KIND_ID, bool: True}
    return values[annotation]


@pytest.mark.parametrize("button", buttons(), ids=lambda button: button.__name__)
def test_button_fits_into_64_bytes_at_the_largest_ids(button: type[CallbackData]) -> None:
    values = {name: largest(field.annotation) for name, field in button.model_fields.items()}
    packed = button(**values).pack()
    assert len(packed.encode()) <= 64
    assert button.unpack(packed) == button(**values)


def test_buttons_have_prefixes_of_their_own() -> None:
    prefixes = [button.__prefix__ for button in buttons()]
    assert len(set(prefixes)) == len(prefixes) > 0


def test_every_button_is_handled_by_somebody() -> None:
    taps = [one for served in HANDLERS for one in served.filters if isinstance(one, CallbackQueryFilter)]
    assert {tap.callback_data for tap in taps} == set(buttons())


def test_commands_that_are_announced_are_those_that_are_handled() -> None:
    announced = {
        "admin", "announce", "announcements", "certificate", "verify", "settings", "mydata", "language", "help",
        "cancel", "plan", "survey", "trust",
    }  # fmt: skip
    handled = {
        str(command)
        for served in HANDLERS
        for one in served.filters
        if isinstance(one, Command) and not isinstance(one, CommandStart)
        for command in one.commands
    }
    assert handled == announced

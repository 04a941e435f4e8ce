"""Updates on their way to a handler."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUpdate:
    """An update as Telegram sent it. `person_key` is the Telegram id whose updates are served in order.

    `payload` is None for one that had its effect while its replica ended before it was through.
    """

    update_id: int
    person_key: int
    payload: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedUpdate:
    """An update that was tried too often and is set aside, and whose it is."""

    update_id: int
    person_key: int


@dataclass(slots=True, kw_only=True)
class ServedUpdate:
    """The update that the present task serves; `done` once its effect is committed."""

    update_id: int
    worker: int
    done: bool = False

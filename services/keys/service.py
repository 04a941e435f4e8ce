"""The life of a signing key: it is entered before it signs, followed by another, and declared invalid if it leaks.

What a key signed while it was good stays verifiable for ever: its certificate and authority stay in the register.
"""

from datetime import datetime

from services.access import Actor, Role
from services.audit.dto import Act
from services.certificates.ports import SigningKeyInfo
from services.keys.dto import InvalidatedKey, KnownKey, RegisteredKey
from services.keys.errors import AmbiguousKey, KeyIsInvalid, NotYetInvalid, UnknownKey
from services.keys.ports import KeysUnitOfWork
from services.ports import Clock, Factory


class KeyService:
    """The register of signing keys."""

    def __init__(self, unit_of_work: Factory[KeysUnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def enter(self, key: SigningKeyInfo) -> None:
        """Enter the key that is to sign from now on, so that every replica knows its papers.

        Raises:
            KeyIsInvalid: the key was declared invalid.
        """
        async with self._unit_of_work() as uow:
            since = await uow.signing_keys.find_invalid_since(key.fingerprint)
            if since is not None:
                raise KeyIsInvalid(key.fingerprint, since)
            await uow.signing_keys.enter(key)
            await uow.commit()

    async def find_invalid_since(self, fingerprint: str) -> datetime | None:
        """Return since when a key is invalid; None if it is good."""
        async with self._unit_of_work() as uow:
            return await uow.signing_keys.find_invalid_since(fingerprint)

    async def list_keys(self) -> list[RegisteredKey]:
        """Return all keys, the newest first. They are public: every signed file carries its own."""
        async with self._unit_of_work() as uow:
            return await uow.signing_keys.list_all()

    async def list_known(self) -> list[KnownKey]:
        """Return all keys, the newest first, as anybody may see them at any time."""
        async with self._unit_of_work() as uow:
            return await uow.signing_keys.list_known()

    async def rotate(self, actor: Actor, present: SigningKeyInfo, following: SigningKeyInfo) -> None:
        """Enter the key that follows the present one; both may sign until every replica has the new one."""
        actor.require(Role.ADMIN)
        async with self._unit_of_work() as uow:
            await uow.signing_keys.enter(present)
            await uow.signing_keys.enter(following)
            now = self._clock.now()
            await uow.audit.add(
                actor, Act.KEY_ROTATED, f"key:{present.fingerprint}", now, following=following.fingerprint
            )
            await uow.commit()

    async def invalidate(self, actor: Actor, fingerprint: str, since: datetime) -> InvalidatedKey:
        """Declare that a key proves nothing from a moment on, and tell what it has signed since.

        Said again, the later word counts: a leak is dated better the more is known of it.

        Args:
            actor: an administrator.
            fingerprint: the key's, or a beginning that only this one has.
            since: from when on somebody else may have had it, aware.

        Raises:
            UnknownKey: nobody knows such a key.
            AmbiguousKey: several keys begin so.
            NotYetInvalid: that moment is yet to come.
        """
        actor.require(Role.ADMIN)
        now = self._clock.now()
        if since > now:
            raise NotYetInvalid(since)
        async with self._unit_of_work() as uow:
            whole = await _the_only(uow, fingerprint.strip().lower().replace(":", "").replace(" ", ""))
            former = await uow.signing_keys.invalidate(whole, since)
            certificates = await uow.signing_keys.list_signed_since(whole, since)
            details = {"since": since.isoformat(), "former": former.isoformat() if former else None}
            await uow.audit.add(actor, Act.KEY_INVALIDATED, f"key:{whole}", now, **details)
            await uow.commit()
        return InvalidatedKey(fingerprint=whole, since=since, former=former, certificates=tuple(certificates))


async def _the_only(uow: KeysUnitOfWork, beginning: str) -> str:
    matches = await uow.signing_keys.find(beginning) if beginning else []
    if not matches:
        raise UnknownKey(beginning)
    if len(matches) > 1:
        raise AmbiguousKey(beginning, matches)
    return matches[0]

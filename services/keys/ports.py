"""What the keys need from storage."""

from datetime import datetime
from typing import Protocol

from services.audit.ports import AuditLog
from services.certificates.ports import SigningKeyInfo
from services.keys.dto import DoubtfulCertificate, KnownKey, RegisteredKey
from services.ports import Transaction


class SigningKeyRepository(Protocol):
    """The register of signing keys."""

    async def enter(self, key: SigningKeyInfo) -> None:
        """Write a key that may sign from now on; nothing happens if it is known."""
        ...

    async def list_all(self) -> list[RegisteredKey]:
        """Return all keys, the newest first; those that have not signed yet come before the others."""
        ...

    async def list_known(self) -> list[KnownKey]:
        """Return all keys in the same order, without looking at what they signed."""
        ...

    async def find(self, beginning: str) -> list[str]:
        """Return the fingerprints that begin so, at most a handful."""
        ...

    async def find_invalid_since(self, fingerprint: str) -> datetime | None:
        """Return since when a key is invalid; None if it is not, or nobody knows it."""
        ...

    async def invalidate(self, fingerprint: str, since: datetime) -> datetime | None:
        """Write since when a key is invalid; return what was written before. No paper is being stored with it then."""
        ...

    async def list_signed_since(self, fingerprint: str, since: datetime) -> list[DoubtfulCertificate]:
        """Return the certificates that a key signed from a moment on, in the order of signing."""
        ...


class KeysUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def signing_keys(self) -> SigningKeyRepository:
        """The keys."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What operators did."""
        ...

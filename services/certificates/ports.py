"""What certificates need from storage and from the documents."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from services.audit.ports import AuditLog
from services.certificates.dto import FileFinding, Paper, PaperOrder, SignedPaper
from services.certificates.register import (
    DeliveredCertificate,
    Known,
    NewCertificate,
    OfficialCertificate,
    RegisteredCertificate,
    ReplaceableCertificate,
    SameDay,
    Unprinted,
)
from services.certificates.rules import Profile
from services.delivery.ports import Outbox
from services.languages import Language
from services.ports import Transaction
from services.register.ports import FenceRepository, RegisterChain


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKeyInfo:
    """The key that signs now.

    `authority_pems`: by which our own checks know its papers. `chain_pems`: the issuers, up to a self-signed root.
    """

    fingerprint: str
    certificate_pem: str
    authority_pems: tuple[str, ...]
    chain_pems: tuple[str, ...] = ()


class CertificateRepository(Protocol):
    """The register of certificates."""

    async def find_profile(self, person_id: int) -> Profile | None:
        """Return a person who is in the roster now."""
        ...

    async def take_serial(self, year: int) -> int | None:
        """Return the next number of the year; it is given back if the transaction is not committed.

        None: no numbers are given for now.
        """
        ...

    async def is_issuing_halted(self) -> bool:
        """Tell whether no numbers are given for now."""
        ...

    async def add(self, certificate: NewCertificate) -> int | None:
        """Write a certificate; None if the same one was issued today."""
        ...

    async def find_same_day(
        self,
        person_id: int,
        kind: str,
        language: Language,
        issued_on: date,
        facts_digest: bytes,
        *,
        lock: bool = True,
    ) -> SameDay | None:
        """Return the same certificate issued today; with `lock` it cannot be printed until the transaction ends."""
        ...

    async def print_again(self, certificate_id: int) -> None:
        """Let a paper that could not be printed be tried anew."""
        ...

    async def find_by_codes(self, codes: Collection[str]) -> Mapping[str, RegisteredCertificate]:
        """Return those certificates that there are, by code."""
        ...

    async def find_by_file(self, sha256: Sequence[str]) -> RegisteredCertificate | None:
        """Return the certificate whose stored bytes have one of these digests (hexadecimal)."""
        ...

    async def find_official(self, certificate_id: int) -> OfficialCertificate | None:
        """Return a certificate as officials see it."""
        ...

    async def revoke(self, certificate_id: int, reason: str, now: datetime, by: int | None) -> bool:
        """Write that a certificate confirms nothing any more; False if that was written before."""
        ...

    async def take_for_replacing(self, certificate_id: int) -> ReplaceableCertificate | None:
        """Return a certificate that nobody else changes until the end of the transaction."""
        ...

    async def supersede(self, certificate_id: int, reason: str, now: datetime, by: int | None) -> None:
        """Write that another certificate stands in its place."""
        ...

    async def get_delivered(self, certificate_id: int) -> DeliveredCertificate:
        """Return what the student is sent."""
        ...

    async def list_authorities(self) -> list[bytes]:
        """Return the certificates (PEM) of all authorities that ever stood behind our keys."""
        ...


class PrintQueue(Protocol):
    """Certificates that have no file yet."""

    async def claim(self, worker: int, lease: timedelta, key: str | None = None) -> Unprinted | None:
        """Take the oldest that is in nobody's living hand; none for a key (fingerprint) that was declared invalid."""
        ...

    async def store(self, printed: Unprinted, worker: int, paper: SignedPaper, key: SigningKeyInfo) -> bool:
        """Store the first signed bytes, for ever; False if somebody else did, or the key has become invalid."""
        ...

    async def give_up(self, printed: Unprinted, worker: int, now: datetime) -> bool:
        """Set the paper aside after too many failures."""
        ...


class CertificateReports(Protocol):
    """Reports that a certificate is wrong, as far as they share its fate."""

    async def move_open(self, certificate_id: int, new_certificate_id: int) -> None:
        """Let the undecided reports be about the certificate that stands in its place."""
        ...

    async def end_open(self, certificate_id: int, now: datetime, by: int | None) -> None:
        """Withdraw the undecided reports."""
        ...


class TimestampWishes(Protocol):
    """Papers that are to have a time stamp."""

    async def want(self, certificate_id: int, now: datetime) -> None:
        """Let a time stamp be asked for."""
        ...


class CertificatesUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this feature uses."""

    @property
    def certificates(self) -> CertificateRepository:
        """The register."""
        ...

    @property
    def print_queue(self) -> PrintQueue:
        """The print queue."""
        ...

    @property
    def reports(self) -> CertificateReports:
        """Reports that certificates are wrong."""
        ...

    @property
    def timestamps(self) -> TimestampWishes:
        """Time stamps."""
        ...

    @property
    def register(self) -> RegisterChain:
        """The chain of what happened to certificates."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages to people."""
        ...

    @property
    def audit(self) -> AuditLog:
        """What officials did."""
        ...


class EnteringRepository(Protocol):
    """Certificates that come back from their files."""

    async def find_person_id(self, person_no: str) -> int | None:
        """Return who has a number, also if the roster does not have them any more."""
        ...

    async def is_key_doubtful(self, fingerprint: str) -> bool:
        """Tell whether somebody else may have a key."""
        ...

    async def find_known(self, number: str, code: str) -> Known | None:
        """Return what has the number or else the code; it does not change until the end of the transaction."""
        ...

    async def add(self, certificate: NewCertificate, now: datetime) -> int:
        """Write a certificate, beside one of the same day with the same facts if need be."""
        ...

    async def mark_replaced(self, certificate_id: int, now: datetime) -> bool:
        """Write that another certificate stands in its place; False if it was not in force."""
        ...

    async def attach(self, certificate_id: int, paper: SignedPaper, key: SigningKeyInfo) -> None:
        """Store the bytes as those of the certificate, for ever."""
        ...


class EnteringUnitOfWork(CertificatesUnitOfWork, Protocol):
    """The part of the unit of work that entering again uses besides."""

    @property
    def entering(self) -> EnteringRepository:
        """Certificates that come back."""
        ...

    @property
    def fence(self) -> FenceRepository:
        """The numbers."""
        ...


class Stationery(Protocol):
    """Puts an order into sentences; pure and quick."""

    def compose(self, order: PaperOrder) -> Paper:
        """Return all that the paper prints."""
        ...

    def can_print(self, text: str) -> bool:
        """Tell whether the paper's font has every sign of the text."""
        ...


class PaperSpoiled(Exception):  # noqa: N818 -- states a fact
    """A paper that cannot be rendered or signed, now or ever; the text is for the log and holds no personal data."""


class PaperPress(Protocol):
    """Renders and signs."""

    @property
    def key(self) -> SigningKeyInfo:
        """The key in use."""
        ...

    async def produce(self, paper: Paper, *, code: str, signed_at: datetime) -> SignedPaper:
        """Return the signed document; raises `PaperSpoiled` if it cannot be made."""
        ...


class PaperInspector(Protocol):
    """Looks at a file that somebody sent."""

    async def inspect(self, content: bytes, authorities: Sequence[bytes]) -> FileFinding:
        """Return what the file says of itself; never raises for what is in it."""
        ...


class CodeReader(Protocol):
    """Looks for QR codes in a picture that somebody sent."""

    async def read(self, content: bytes) -> tuple[str, ...] | None:
        """Return what each QR code in it holds; None if it is no picture that can be looked at. Never raises for it."""
        ...

"""The register of certificates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import LargeBinary, String, and_, any_, bindparam, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import aliased

from services.certificates.confirmation import Holder
from services.certificates.register import (
    DeliveredCertificate,
    NewCertificate,
    RegisteredCertificate,
    RegisterStatus,
    SameDay,
)
from services.certificates.rules import Profile
from services.db.fetching import WrittenSelect
from services.db.models import Account, Certificate, File, Issuing, Person, SigningKey, Unit
from services.db.repositories.official_certificates import SqlOfficialCertificates
from services.db.repositories.people import ENTRY_COLUMNS, entry_of
from services.db.repositories.person_rows import UNIT_NAME, joined_unit_name
from services.languages import Language
from services.people.dto import PersonKind, PersonStatus

# A literal: with a parameter PostgreSQL finds the partial index no more once it plans for all values (the sixth time).
_IS_ISSUED = text("status = 'issued'")

# Nothing is inserted or updated, and nothing returned, while issuing is halted.
_TAKE_SERIAL = text("""
    insert into certificate_series as s (year, last_serial)
    select :year, 1 from issuing where halted_at is null
    on conflict (year) do update set last_serial = s.last_serial + 1
    returning last_serial
""")

_OLD, _NEW = aliased(Certificate), aliased(Certificate)
# Built and written once: that takes longer than asking.
_REGISTERED = (
    select(
        Certificate.kind, Certificate.language, Certificate.number, Certificate.code, Certificate.issued_on,
        Certificate.valid_until, Certificate.status, Certificate.status_at, Certificate.facts, Person.kind,
        Person.status, Person.study_form, Person.absent_since.is_(None), Certificate.signed_at,
        SigningKey.invalid_since, _NEW.number,
    )
    .join(Person, Person.id == Certificate.person_id)
    .outerjoin(SigningKey, SigningKey.fingerprint == Certificate.key_fingerprint)
    .outerjoin(_NEW, _NEW.replaces_id == Certificate.id)
)  # fmt: skip
_CODES = bindparam("codes", type_=ARRAY(String))
_DIGESTS = bindparam("digests", type_=ARRAY(LargeBinary))
_FIND_BY_CODES = WrittenSelect(_REGISTERED.where(Certificate.code == any_(_CODES)))
_FIND_BY_FILE = WrittenSelect(
    _REGISTERED.where(Certificate.file_id == select(File.id).where(File.sha256 == any_(_DIGESTS)).scalar_subquery())
)


class SqlCertificateRepository(SqlOfficialCertificates):
    """Certificates by code, by file and by the day's facts."""

    async def find_profile(self, person_id: int) -> Profile | None:
        """Return a person who is in the roster now."""
        rows = await self._connection.execute(
            select(*UNIT_NAME, *ENTRY_COLUMNS)
            .select_from(Person)
            .outerjoin(Unit, Unit.id == Person.unit_id)
            .where(Person.id == person_id, Person.absent_since.is_(None))
        )
        row = rows.one_or_none()
        if row is None:
            return None
        ky, ru, en, *values = tuple(row)
        return Profile(
            person_id=person_id,
            entry=entry_of(values),
            unit_name=joined_unit_name((ky, ru, en)),
        )

    async def take_serial(self, year: int) -> int | None:
        """Return the next number of the year, None while none are given; the row is locked until the end."""
        return (await self._connection.execute(_TAKE_SERIAL, {"year": year})).scalar_one_or_none()

    async def is_issuing_halted(self) -> bool:
        """Tell whether no numbers are given for now."""
        return bool(await self._connection.scalar(select(Issuing.halted_at.is_not(None))))

    async def add(self, certificate: NewCertificate) -> int | None:
        """Write a certificate; None if the same one was issued today."""
        statement = insert(Certificate).values(
            year=certificate.year,
            serial=certificate.serial,
            number=certificate.number,
            code=certificate.code,
            kind=certificate.kind,
            language=certificate.language.value,
            person_id=certificate.person_id,
            issued_on=certificate.issued_on,
            issued_at=certificate.issued_at,
            valid_until=certificate.valid_until,
            facts=dict(certificate.facts),
            facts_digest=certificate.facts_digest,
            salt=certificate.salt,
            replaces_id=certificate.replaces_id,
            paper=dict(certificate.paper),
            status=RegisterStatus.ISSUED.value,
            status_at=certificate.issued_at,
        )
        same_day = ["person_id", "kind", "language", "issued_on", "facts_digest"]
        written = await self._connection.execute(
            statement.on_conflict_do_nothing(index_elements=same_day, index_where=_IS_ISSUED).returning(Certificate.id)
        )
        return written.scalar_one_or_none()

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
        same = select(
            Certificate.id,
            Certificate.number,
            Certificate.file_id.is_not(None),
            Certificate.failed_at.is_not(None),
            Certificate.reprints,
        ).where(
            Certificate.person_id == person_id,
            Certificate.kind == kind,
            Certificate.language == language.value,
            Certificate.issued_on == issued_on,
            Certificate.facts_digest == facts_digest,
            Certificate.status == RegisterStatus.ISSUED.value,
        )
        if lock:  # not shared: two that print again would wait for each other
            same = same.with_for_update(key_share=True, of=Certificate)
        row = (await self._connection.execute(same)).one_or_none()
        if row is None:
            return None
        certificate_id, number, printed, failed, reprints = row
        return SameDay(id=certificate_id, number=number, printed=printed, failed=failed, reprints=reprints)

    async def print_again(self, certificate_id: int) -> None:
        """Let a paper that could not be printed be tried anew."""
        await self._connection.execute(
            update(Certificate)
            .where(Certificate.id == certificate_id, Certificate.file_id.is_(None))
            .values(failed_at=None, attempts=0, reprints=Certificate.reprints + 1)
        )

    async def find_by_codes(self, codes: Collection[str]) -> Mapping[str, RegisteredCertificate]:
        """Return those certificates that there are, by code."""
        rows = await _FIND_BY_CODES.fetch(self._connection, codes=list(codes))
        found = [_registered(row) for row in rows]
        return {certificate.code: certificate for certificate in found}

    async def find_by_file(self, sha256: Sequence[str]) -> RegisteredCertificate | None:
        """Return the certificate whose stored bytes have one of these digests (hexadecimal)."""
        digests = [bytes.fromhex(digest) for digest in sha256]
        rows = await _FIND_BY_FILE.fetch(self._connection, digests=digests)
        return _registered(rows[0]) if rows else None

    async def get_delivered(self, certificate_id: int) -> DeliveredCertificate:
        """Return what the student is sent."""
        rows = await self._connection.execute(
            select(
                Certificate.kind, Certificate.language, Certificate.number, Certificate.code,
                Certificate.valid_until, Certificate.file_id, Certificate.failed_at, Certificate.status,
                Certificate.confirmed, _OLD.number.label("replaces"), Account.telegram_id,
            )
            .outerjoin(_OLD, _OLD.id == Certificate.replaces_id)
            .outerjoin(Account, and_(Account.person_id == Certificate.person_id, Account.frozen_at.is_(None)))
            .where(Certificate.id == certificate_id)
        )  # fmt: skip
        row = rows.one()
        return DeliveredCertificate(
            id=certificate_id,
            account_id=row.telegram_id,
            kind=row.kind,
            language=Language(row.language),
            number=row.number,
            code=row.code,
            valid_until=row.valid_until,
            file_id=row.file_id,
            failed=row.failed_at is not None,
            status=RegisterStatus(row.status),
            confirmed=row.confirmed,
            replaces=row.replaces or "",
        )

    async def list_authorities(self) -> list[bytes]:
        """Return the certificates (PEM) of all authorities that ever stood behind our keys."""
        stored = await self._connection.scalars(select(SigningKey.authority_pems))
        return sorted({pem.encode() for pems in stored for pem in pems})


def _registered(row: tuple[Any, ...]) -> RegisteredCertificate:
    kind, language, number, code, issued_on, valid_until, status, status_at, facts, *later = row
    holder_kind, holder_status, study_form, in_roster, signed_at, key_invalid_since, replaced_by = later
    return RegisteredCertificate(
        kind=kind,
        language=Language(language),
        number=number,
        code=code,
        issued_on=issued_on,
        valid_until=valid_until,
        status=RegisterStatus(status),
        status_at=status_at,
        facts=facts,
        holder=Holder(
            kind=PersonKind(holder_kind), status=PersonStatus(holder_status), study_form=study_form, in_roster=in_roster
        ),
        signed_at=signed_at,
        key_invalid_since=key_invalid_since,
        replaced_by=replaced_by,
    )

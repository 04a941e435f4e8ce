"""Certificates whose confirmation may have changed."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.certificates.confirmation import Holder
from services.certificates.register import RegisterStatus
from services.certificates.watch import WatchedCertificate
from services.db.models import Account, Certificate, Person
from services.people.dto import PersonKind, PersonStatus

_WATCHED = (
    select(
        Certificate.id, Certificate.kind, Certificate.confirmed, Account.telegram_id, Person.kind.label("holder_kind"),
        Person.status, Person.study_form, Person.absent_since,
    )
    .join(Person, Person.id == Certificate.person_id)
    .outerjoin(Account, and_(Account.person_id == Person.id, Account.frozen_at.is_(None)))
    .where(Certificate.status == RegisterStatus.ISSUED.value)
    .order_by(Certificate.id)
)  # fmt: skip

_NOT_ACTIVE = or_(
    Certificate.confirmed.is_(False), Person.absent_since.is_not(None), Person.status != PersonStatus.ACTIVE.value
)


class SqlConfirmationRepository:
    """What holders were told of their certificates' confirmation."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_doubtful(
        self, today: date, narrow_kinds: Collection[str], after: int, limit: int
    ) -> list[WatchedCertificate]:
        """Return certificates in force, by id, whose holder is not active now or was told so; they stay locked.

        Also those of `narrow_kinds`, which may end for whoever is active.
        """
        doubtful = or_(_NOT_ACTIVE, Certificate.kind.in_(sorted(narrow_kinds)))
        in_force = or_(Certificate.valid_until.is_(None), Certificate.valid_until >= today)
        rows = await self._connection.execute(
            _WATCHED.where(in_force, doubtful, Certificate.id > after)
            .limit(limit)
            .with_for_update(of=Certificate, key_share=True, skip_locked=True)
        )
        return [
            WatchedCertificate(
                id=row.id,
                kind=row.kind,
                told=row.confirmed,
                account_id=row.telegram_id,
                holder=Holder(
                    kind=PersonKind(row.holder_kind),
                    status=PersonStatus(row.status),
                    study_form=row.study_form,
                    in_roster=row.absent_since is None,
                ),
            )
            for row in rows
        ]

    async def note(self, certificate_id: int, *, confirmed: bool) -> None:
        """Keep what the holder is told."""
        await self._connection.execute(
            update(Certificate).where(Certificate.id == certificate_id).values(confirmed=confirmed)
        )

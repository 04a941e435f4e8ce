"""Watching over what the university confirms: holders are told when that changes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.certificates.confirmation import Holder, is_confirmed
from services.certificates.dto import Audience, CertificateKind
from services.certificates.rules import subject_of
from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.delivery.ports import Outbox
from services.ports import Bell, Calendar, Clock, Factory, Transaction

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedCertificate:
    """A certificate within its validity. `told`: what its holder was told last; `account_id` may be nobody's."""

    id: int
    kind: str
    told: bool
    account_id: int | None
    holder: Holder


class ConfirmationRepository(Protocol):
    """Certificates whose confirmation may have changed."""

    async def list_doubtful(
        self, today: date, narrow_kinds: Collection[str], after: int, limit: int
    ) -> list[WatchedCertificate]:
        """Return certificates in force, by id, whose holder is not active now or was told so; they stay locked.

        Also those of `narrow_kinds`, which may end for whoever is active.
        """
        ...

    async def note(self, certificate_id: int, *, confirmed: bool) -> None:
        """Keep what the holder is told."""
        ...


class WatchUnitOfWork(Transaction, Protocol):
    """The part of the unit of work that this use case uses."""

    @property
    def confirmations(self) -> ConfirmationRepository:
        """What is confirmed."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Messages to people."""
        ...


def _is_narrow(kind: CertificateKind) -> bool:
    """Tell whether somebody who studies or works here may be none of those for whom a kind is confirmed."""
    return bool(kind.confirmed_for) and kind.confirmed_for.isdisjoint({Audience.STUDENT, Audience.STAFF})


class ConfirmationWatch:
    """Looks now and then at the certificates of those who may not study or work as they did."""

    def __init__(
        self,
        unit_of_work: Factory[WatchUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        kinds: Mapping[str, CertificateKind],
        outbox_bell: Bell,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._calendar = calendar
        self._kinds = kinds
        self._narrow_kinds = frozenset(kind.id for kind in kinds.values() if _is_narrow(kind))
        self._outbox_bell = outbox_bell

    async def look(self) -> int:
        """Tell the holders of what changed since the last look; return how many certificates changed."""
        today, after, changed, full = self._calendar.today(self._clock.now()), 0, 0, True
        while full:
            async with self._unit_of_work() as uow:
                listed = await uow.confirmations.list_doubtful(today, self._narrow_kinds, after, _AT_ONCE)
                for certificate in listed:
                    changed += await self._tell(uow, certificate)
                await uow.commit()
            full = len(listed) == _AT_ONCE
            after = listed[-1].id if listed else 0
        if changed:
            self._outbox_bell.ring()
        return changed

    async def _tell(self, uow: WatchUnitOfWork, certificate: WatchedCertificate) -> bool:
        confirmed = is_confirmed(self._kinds.get(certificate.kind), certificate.holder)
        if confirmed is certificate.told:
            return False
        now = self._clock.now()
        await uow.confirmations.note(certificate.id, confirmed=confirmed)
        if certificate.account_id is not None:
            notice = NewNotice(
                kind=NoticeKind.CONFIRMATION_CHANGED,
                account_id=certificate.account_id,
                urgency=Urgency.NORMAL,
                payload={"certificate_id": certificate.id, "confirmed": confirmed},
                subject=subject_of(certificate.id),
                occasion=f"confirmation:{certificate.id}:{confirmed}:{now.isoformat()}",
                due_at=now,
            )
            await uow.outbox.add(notice, now)
        return True

"""Finding people, and their cards."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from services.access import Actor, LinkedPerson
from services.audit.dto import Act
from services.certificates.dto import CertificateKind
from services.certificates.ports import Stationery
from services.certificates.rules import Profile, read_code
from services.languages import Trilingual
from services.people.errors import NoSuchPerson
from services.people.rules import full_name
from services.ports import Calendar, Clock, Factory
from services.study_office.dto import CertificatePage, FoundPerson, IssuedCertificate, PersonCard, SearchPage
from services.study_office.ports import COUNTED, CertificateRecord, RosterRecord, StudyOfficeUnitOfWork
from services.study_office.rules import Wanted, lacking, read_certificate_number, read_search, unprintable

PAGE = 8
CERTIFICATES_PAGE = 5
_LAST_PAGE = 10_000  # a button made by hand cannot ask for more than a number holds
#: Looking again within this time is the same look.
NOTED_FOR = timedelta(minutes=10)


class StudyOfficeService:
    """The registrar's first screen. Only registrars and administrators; looking at a card is noted."""

    def __init__(
        self,
        unit_of_work: Factory[StudyOfficeUnitOfWork],
        reading: Factory[StudyOfficeUnitOfWork],
        clock: Clock,
        calendar: Calendar,
        stationery: Stationery,
        kinds: Iterable[CertificateKind],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._reading = reading
        self._clock = clock
        self._calendar = calendar
        self._stationery = stationery
        self._kinds = tuple(kinds)
        self._kind_names = {kind.id: kind.name for kind in self._kinds}

    def enter(self, actor: Actor) -> None:
        """Refuse whoever does not work here."""
        actor.require_official()

    async def search(self, actor: Actor, text: str, page: int = 0) -> SearchPage:
        """Find people by the beginnings of names, number, group or phone, or by the number or code of a certificate.

        A page behind the last is the first one.
        """
        self.enter(actor)
        looked_for = read_search(text)
        async with self._reading() as uow:
            holder = await _find_holder(uow, text)
            if holder is not None:
                return SearchPage(text=text, people=(holder,), total=1, counted=True, page=0, has_next=False)
            for wanted in looked_for:
                found = await _find_page(uow, text, wanted, min(max(page, 0), _LAST_PAGE))
                if found.people:
                    break
        return found

    async def find_person(self, actor: Actor, person_id: int) -> LinkedPerson:
        """Return whom a button stands for."""
        self.enter(actor)
        async with self._reading() as uow:
            record = _found(await uow.study_office.find_record(person_id))
        return LinkedPerson(id=person_id, person_no=record.person.entry.person_no, full_name=_name(record))

    async def get_card(self, actor: Actor, person_id: int) -> PersonCard:
        """Return all that is known of a person; the look is noted once in ten minutes."""
        self.enter(actor)
        now = self._clock.now()
        today = self._calendar.today(now)
        async with self._unit_of_work() as uow:
            record = _found(await uow.study_office.find_record(person_id))
            profile = Profile(person_id=person_id, entry=record.person.entry, unit_name=record.unit_name)
            card = PersonCard(
                id=person_id,
                name=_name(record),
                entry=record.person.entry,
                unit_name=record.unit_name,
                absent_since=record.absent_since,
                first_linked_at=record.first_linked_at,
                today=today,
                lacking=() if record.person.absent else lacking(profile, self._kinds),
                unprintable=unprintable(profile, self._kinds, self._stationery.can_print),
                corrections=tuple(await uow.corrections.list_of_person(person_id)),
                links=await uow.study_office.list_links(person_id),
                roles=tuple(await uow.roles.list_of_person(person_id, today)),
                certificates=await self._certificates(uow, record, 0),
            )
            await self._note(uow, actor, person_id, now)
        return card

    async def list_certificates(self, actor: Actor, person_id: int, page: int) -> CertificatePage:
        """Return a page of a person's certificates; a page behind the last is the last one."""
        self.enter(actor)
        async with self._reading() as uow:
            record = _found(await uow.study_office.find_record(person_id))
            return await self._certificates(uow, record, page)

    async def _note(self, uow: StudyOfficeUnitOfWork, actor: Actor, person_id: int, now: datetime) -> None:
        if await uow.study_office.was_looked_at(actor.account_id, person_id, now - NOTED_FOR):
            return
        await uow.audit.add(actor, Act.PERSON_LOOKED_AT, f"person:{person_id}", now)
        await uow.commit()

    async def _certificates(self, uow: StudyOfficeUnitOfWork, record: RosterRecord, page: int) -> CertificatePage:
        person_id, page = record.person.id, min(max(page, 0), _LAST_PAGE)
        size = CERTIFICATES_PAGE
        found, total = await uow.study_office.list_certificates(person_id, offset=page * size, limit=size)
        if total and not found:
            page = (total - 1) // size
            found, total = await uow.study_office.list_certificates(person_id, offset=page * size, limit=size)
        return CertificatePage(
            person_id=person_id,
            person_name=_name(record),
            certificates=tuple(self._issued(certificate) for certificate in found),
            total=total,
            page=page,
            pages=_pages(total, size),
        )

    def _issued(self, certificate: CertificateRecord) -> IssuedCertificate:
        kind = certificate.kind
        return IssuedCertificate(
            id=certificate.id,
            number=certificate.number,
            kind_name=self._kind_names.get(kind, Trilingual(ky=kind, ru=kind, en=kind)),
            language=certificate.language,
            issued_on=certificate.issued_on,
            valid_until=certificate.valid_until,
            status=certificate.status,
            status_on=self._calendar.today(certificate.status_at),
        )


async def _find_holder(uow: StudyOfficeUnitOfWork, text: str) -> FoundPerson | None:
    """Return whom a certificate was issued to, if its number or its code was typed."""
    number, code = read_certificate_number(text), read_code(text)
    if number is None and code is None:
        return None
    return await uow.study_office.find_by_certificate(number=number, code=code)


async def _find_page(uow: StudyOfficeUnitOfWork, text: str, wanted: Wanted, page: int) -> SearchPage:
    people, total = await uow.study_office.search(wanted, offset=page * PAGE, limit=PAGE + 1)
    if page and not people:
        return await _find_page(uow, text, wanted, 0)
    return SearchPage(
        text=text,
        people=tuple(people[:PAGE]),
        total=min(total, COUNTED),
        counted=total <= COUNTED,
        page=page,
        has_next=len(people) > PAGE,
    )


def _found(record: RosterRecord | None) -> RosterRecord:
    if record is None:
        raise NoSuchPerson
    return record


def _name(record: RosterRecord) -> str:
    entry = record.person.entry
    return full_name(entry.last_name, entry.first_name, entry.patronymic)


def _pages(total: int, size: int) -> int:
    return max(1, -(-total // size))

"""What the tables hold about one account and one person. Every statement names whom it is about."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from services.access import Role
from services.announcements.dto import Category
from services.audit.dto import Act
from services.certificates.register import RegisterStatus
from services.db.models import (
    Account,
    AudienceList,
    AudienceListPerson,
    AuditEntry,
    Certificate,
    CertificateRequest,
    Consent,
    ExpiryAnswer,
    Link,
    LinkCode,
    LinkRequest,
    MutedCategory,
    Person,
    PersonCorrection,
    RoleGrant,
    RosterImport,
    RosterImportChange,
    Unit,
)
from services.db.repositories.people import ENTRY_COLUMNS, entry_of
from services.db.repositories.person_rows import UNIT_NAME, joined_unit_name
from services.db.repositories.personal_plans import PersonalPlans
from services.db.repositories.personal_surveys import PersonalSurveys
from services.db.repositories.personal_talks import PersonalTalks
from services.db.repositories.personal_traces import PersonalTraces
from services.delivery.quiet_hours import QuietHours
from services.languages import Language
from services.linking.dto import LinkEnd, LinkWay
from services.mydata.dto import (
    AccountData,
    AppliedData,
    CertificateData,
    ConsentData,
    CorrectionData,
    LinkCodeData,
    LinkData,
    LinkRequestData,
    ListData,
    PaperRequestData,
    RoleData,
    RosterData,
)


class SqlPersonalDataRepository(PersonalTraces, PersonalPlans, PersonalSurveys, PersonalTalks):
    """One account, one person."""

    async def list_taken(self, telegram_id: int, since: datetime) -> list[datetime]:
        """Return when the account took its data, the oldest first; nobody else's request of theirs runs meanwhile."""
        await self._connection.execute(
            select(Account.telegram_id).where(Account.telegram_id == telegram_id).with_for_update(key_share=True)
        )
        taken = await self._connection.scalars(
            select(AuditEntry.at)
            .where(
                AuditEntry.subject == f"account:{telegram_id}",
                AuditEntry.act == Act.DATA_TAKEN.value,
                AuditEntry.at > since,
            )
            .order_by(AuditEntry.at)
        )
        return list(taken)

    async def get_account(self, telegram_id: int) -> AccountData:
        """Return the account."""
        muted = select(func.array_agg(MutedCategory.category)).where(MutedCategory.account_id == telegram_id)
        rows = await self._connection.execute(
            select(
                Account.language, Account.guessed_language, Account.quiet_from, Account.quiet_until, Account.silent,
                Account.gathered, muted.scalar_subquery(), Account.first_seen_at, Account.last_seen_at,
                Account.linked_at, Account.frozen_at, Account.blocked_at,
            ).where(Account.telegram_id == telegram_id)
        )  # fmt: skip
        language, guessed, start, until, silent, gathered, unwanted, *moments = rows.one()
        first_seen_at, last_seen_at, linked_at, frozen_at, blocked_at = moments
        return AccountData(
            telegram_id=telegram_id,
            language=Language(language) if language else None,
            guessed_language=Language(guessed) if guessed else None,
            quiet_hours=None if start is None or until is None else QuietHours(start=start, until=until),
            silent=silent,
            gathered=gathered,
            muted=tuple(category for category in Category if category.value in (unwanted or ())),
            first_seen_at=first_seen_at,
            last_seen_at=last_seen_at,
            linked_at=linked_at,
            frozen_at=frozen_at,
            blocked_at=blocked_at,
        )

    async def list_consents(self, telegram_id: int) -> tuple[ConsentData, ...]:
        """Return to what the account agreed."""
        rows = await self._connection.execute(
            select(Consent.version, Consent.language, Consent.given_at)
            .where(Consent.account_id == telegram_id)
            .order_by(Consent.given_at)
        )
        return tuple(ConsentData(version=row[0], language=Language(row[1]), given_at=row[2]) for row in rows)

    async def find_roster(self, person_id: int) -> RosterData | None:
        """Return the person as the roster and the officials have them."""
        rows = await self._connection.execute(
            select(Person.first_linked_at, *UNIT_NAME, *ENTRY_COLUMNS)
            .outerjoin(Unit, Unit.id == Person.unit_id)
            .where(Person.id == person_id)
        )
        row = rows.one_or_none()
        if row is None:
            return None
        first_linked_at, ky, ru, en, *values = tuple(row)
        replaced = await self._connection.scalars(
            select(RosterImport.imported_at)
            .join(RosterImportChange, RosterImportChange.import_id == RosterImport.id)
            .where(RosterImportChange.person_id == person_id)
            .order_by(RosterImport.imported_at)
        )
        return RosterData(
            entry=entry_of(values),
            unit=joined_unit_name((ky, ru, en)),
            first_linked_at=first_linked_at,
            corrections=await self._corrections(person_id),
            replaced_at=tuple(replaced),
            applied=await self._applied(person_id),
        )

    async def list_links(self, telegram_id: int, person_id: int | None) -> tuple[LinkData, ...]:
        """Return the links of both, past and present."""
        mine, me = Link.account_id == telegram_id, _is(Link.person_id, person_id)
        rows = await self._connection.execute(
            select(Link.way, mine, me, Link.linked_at, Link.ended_at, Link.ended_how, Link.disowned_at)
            .where(or_(mine, me))
            .order_by(Link.linked_at, Link.id)
        )
        return tuple(
            LinkData(
                way=LinkWay(way),
                of_this_account=of_account,
                to_this_person=to_person,
                linked_at=linked_at,
                ended_at=ended_at,
                ended_how=LinkEnd(ended_how) if ended_how else None,
                disowned_at=disowned_at,
            )
            for way, of_account, to_person, linked_at, ended_at, ended_how, disowned_at in rows
        )

    async def list_codes(self, person_id: int) -> tuple[LinkCodeData, ...]:
        """Return the one-time codes that were given to the person."""
        rows = await self._connection.execute(
            select(LinkCode.created_at, LinkCode.expires_at, LinkCode.used_at)
            .where(LinkCode.person_id == person_id)
            .order_by(LinkCode.created_at)
        )
        return tuple(LinkCodeData(created_at=row[0], expires_at=row[1], used_at=row[2]) for row in rows)

    async def list_requests(self, telegram_id: int) -> tuple[LinkRequestData, ...]:
        """Return what the account asked of the Study Office."""
        rows = await self._connection.execute(
            select(LinkRequest).where(LinkRequest.account_id == telegram_id).order_by(LinkRequest.asked_at)
        )
        return tuple(
            LinkRequestData(
                name=row.name,
                group_name=row.group_name,
                person_no=row.person_no,
                asked_at=row.asked_at,
                state=row.state,
                decided_at=row.decided_at,
                reason=row.reason or "",
            )
            for row in rows
        )

    async def list_roles(self, telegram_id: int, person_id: int | None) -> tuple[RoleData, ...]:
        """Return the roles of both, past and present."""
        rows = await self._connection.execute(
            select(
                RoleGrant.role, RoleGrant.valid_from, RoleGrant.valid_to, RoleGrant.granted_at, RoleGrant.revoked_at,
                *UNIT_NAME,
            )
            .outerjoin(Unit, Unit.id == RoleGrant.unit_id)
            .where(or_(RoleGrant.telegram_id == telegram_id, _is(RoleGrant.person_id, person_id)))
            .order_by(RoleGrant.granted_at, RoleGrant.id)
        )  # fmt: skip
        return tuple(
            RoleData(
                role=Role(role),
                unit=joined_unit_name(unit),
                valid_from=valid_from,
                valid_to=valid_to,
                granted_at=granted_at,
                revoked_at=revoked_at,
            )
            for role, valid_from, valid_to, granted_at, revoked_at, *unit in rows
        )

    async def list_lists(self, person_id: int) -> tuple[ListData, ...]:
        """Return the lists on which the person stands."""
        rows = await self._connection.execute(
            select(AudienceList.name, AudienceList.brought_at)
            .join(AudienceListPerson, AudienceListPerson.list_id == AudienceList.id)
            .where(AudienceListPerson.person_id == person_id)
            .order_by(AudienceList.brought_at, AudienceList.id)
        )
        return tuple(ListData(name=row.name, brought_at=row.brought_at) for row in rows)

    async def list_certificates(self, person_id: int) -> tuple[CertificateData, ...]:
        """Return the person's certificates."""
        rows = await self._connection.execute(
            select(Certificate.kind, Certificate.language, Certificate.number, Certificate.code, Certificate.issued_on)
            .add_columns(Certificate.valid_until, Certificate.status, Certificate.revocation_reason)
            .where(Certificate.person_id == person_id)
            .order_by(Certificate.issued_at, Certificate.id)
        )
        return tuple(
            CertificateData(
                kind=row.kind,
                language=Language(row.language),
                number=row.number,
                code=row.code,
                issued_on=row.issued_on,
                valid_until=row.valid_until,
                status=RegisterStatus(row.status),
                revocation_reason=row.revocation_reason or "",
            )
            for row in rows
        )

    async def _applied(self, person_id: int) -> tuple[AppliedData, ...]:
        answers = await self._connection.execute(
            select(ExpiryAnswer.paper, ExpiryAnswer.expires_on, ExpiryAnswer.applied_at)
            .where(ExpiryAnswer.person_id == person_id)
            .order_by(ExpiryAnswer.applied_at)
        )
        return tuple(AppliedData(fact=f"{row[0]}_expires", expires_on=row[1], applied_at=row[2]) for row in answers)

    async def list_paper_requests(self, person_id: int) -> tuple[PaperRequestData, ...]:
        """Return what certificates the person asked for."""
        rows = await self._connection.execute(
            select(CertificateRequest)
            .where(CertificateRequest.person_id == person_id)
            .order_by(CertificateRequest.created_at, CertificateRequest.id)
        )
        return tuple(
            PaperRequestData(
                kind=row.kind,
                language=Language(row.language),
                state=row.state,
                created_at=row.created_at,
                decided_at=row.decided_at,
                given=row.asked,
                entered=row.entered,
                question=row.question or "",
                answer=row.answer or "",
                refusal=row.refusal or "",
                receipt_kept=row.receipt_file_id is not None,
                receipt_refusal=row.receipt_refusal or "",
                paid_at=row.paid_at,
            )
            for row in rows
        )

    async def _corrections(self, person_id: int) -> tuple[CorrectionData, ...]:
        rows = await self._connection.execute(
            select(PersonCorrection)
            .where(PersonCorrection.person_id == person_id)
            .order_by(PersonCorrection.corrected_at, PersonCorrection.id)
        )
        return tuple(
            CorrectionData(
                fact=row.fact,
                roster_value=row.roster_value,
                value=row.value,
                corrected_at=row.corrected_at,
                ended_at=row.ended_at,
            )
            for row in rows
        )


def _is(column: InstrumentedAttribute[Any], person_id: int | None) -> ColumnElement[bool]:
    """Compare with the person, if there is one; nobody's rows are not those of whoever is nobody."""
    return false() if person_id is None else column == person_id

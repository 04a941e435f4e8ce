"""The register over a connection that lives long."""

from services.certificates.dto import PaperOrder
from services.certificates.register import NewCertificate
from services.certificates.rules import facts_digest, new_code
from services.db.uow import UnitOfWorkFactory
from services.languages import Language
from services.people.dto import PersonKind
from tests.support.clock import StandingClock
from tests.support.people import AIZADA


async def test_many_certificates_are_written_over_one_connection(
    unit_of_work: UnitOfWorkFactory, clock: StandingClock
) -> None:
    """PostgreSQL plans a statement anew the sixth time; the partial index must be found then too."""
    day = clock.now().date()
    async with unit_of_work() as uow:
        await uow.people.add([AIZADA], {})
        [person] = await uow.people.list_for_import([PersonKind.STUDENT], [])
        for serial in range(1, 13):
            facts = {"name": f"Айзада {serial}"}
            order = PaperOrder(
                kind="study", language=Language.KY, number=f"2026-{serial:05d}", code=new_code(), issued_on=day,
                valid_until=None, facts=facts,
            )  # fmt: skip
            certificate = NewCertificate(
                year=2026, serial=serial, number=order.number, code=order.code, kind=order.kind,
                language=order.language, person_id=person.id, issued_on=day, issued_at=clock.now(), valid_until=None,
                facts=facts, facts_digest=facts_digest(facts), salt=b"", replaces_id=None, paper={},
            )  # fmt: skip
            assert await uow.certificates.add(certificate) is not None

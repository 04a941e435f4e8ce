"""What all features of plans read."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from services.db.uow import SqlUnitOfWork
from services.plans.rules import units_of
from services.responsibles.dto import Share
from tests.support.planned import Wanted, put_plan, put_units

UNITS = {"dean": "Декан", "deans": "Декандар", "heads": "Жетекчилер", "iit": "МТИ", "itk": "Китепкана"}


async def test_a_group_means_its_members_and_a_group_in_a_group_theirs(connection: AsyncConnection) -> None:
    await put_units(connection, UNITS, posts=["dean"], members={"heads": ["deans", "itk"], "deans": ["dean", "heads"]})
    _, [item_id] = await put_plan(connection, [Wanted(title="Отчет", responsible=["heads", "iit", "dean"])])
    uow = SqlUnitOfWork(connection, None)
    planned, membership = await uow.plans.find_planned(item_id), await uow.plans.load_membership()
    assert planned is not None
    assert units_of(planned.item, membership) == ("dean", "itk", "iit")
    assert membership.named_as("dean") == {"dean", "deans", "heads"}


async def test_items_are_read_in_their_order_with_instances_and_parties(connection: AsyncConnection) -> None:
    await put_units(connection, UNITS)
    plan_id, ids = await put_plan(
        connection,
        [
            Wanted(title="Биринчи", responsible=["iit"], participants=["itk"], dues=[date(2025, 12, 31)]),
            Wanted(title="Экинчи", responsible=["itk"], dues=[date(2025, 12, 31), date(2026, 6, 30)]),
            Wanted(title="Үчүнчү", responsible=["iit"]),
        ],
    )
    uow = SqlUnitOfWork(connection, None)
    planned = await uow.plans.list_planned([plan_id])
    assert [one.item.id for one in planned] == ids
    assert [[instance.due for instance in one.instances] for one in planned] == [
        [date(2025, 12, 31)],
        [date(2025, 12, 31), date(2026, 6, 30)],
        [None],
    ]
    assert [party.share for party in planned[0].item.parties] == [Share.RESPONSIBLE, Share.PARTICIPANT]
    assert [one.item.id for one in await uow.plans.list_named(["itk"])] == ids[:2]

"""An item that no file brought: added by the coordinator, or a decision of the Academic Council."""

from dataclasses import dataclass

from services.access import Actor
from services.audit.dto import Act
from services.deadlines.dto import Deadline, DeadlineKind
from services.deadlines.reading import read_deadline
from services.delivery.dto import NoticeKind
from services.plan_desk.changing import DeskPen
from services.plan_desk.dto import DeskAct
from services.plan_desk.errors import DeadlineUnclear, NoSuchItem, NoSuchUnit
from services.plan_desk.item_dto import ItemCard, NewDeskItem
from services.plan_desk.items import look_at_item
from services.plan_desk.notices import tell_units
from services.plan_desk.rules import LONGEST_TITLE, check_day, read_words, require_coordinator
from services.plans.dto import Origin
from services.plans.rules import instances_of
from services.responsibles.dto import Party, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWords:
    """What a coordinator typed: the item, its deadline in words, the units by id. `sitting_id`: decided there."""

    plan_id: int
    title: str
    deadline: str
    unit_ids: tuple[int, ...]
    section: str = ""
    sitting_id: int | None = None


class AddingService:
    """Items written in the chat."""

    def __init__(self, pen: DeskPen) -> None:
        self._pen = pen

    async def read_title(self, actor: Actor, plan_id: int, title: str) -> str:
        """Return a title as it is kept, for a plan that can be added to."""
        require_coordinator(actor)
        async with self._pen.unit_of_work() as uow:
            plan = await uow.plans.find_plan(plan_id)
        if plan is None or plan.closed:
            raise NoSuchItem
        return read_words(title, LONGEST_TITLE)

    async def read_deadline(self, actor: Actor, plan_id: int, text: str) -> Deadline:
        """Return what a typed deadline means; refuse one that is not surely understood."""
        require_coordinator(actor)
        async with self._pen.unit_of_work() as uow:
            plan = await uow.plans.find_plan(plan_id)
        if plan is None or plan.closed:
            raise NoSuchItem
        if not text.strip():
            return Deadline(text="", kind=DeadlineKind.NONE, sure=True)
        deadline = read_deadline(" ".join(text.split())[:200], plan.year)
        if not deadline.sure:
            raise DeadlineUnclear
        for day in deadline.dates:
            check_day(day, plan.year)
        return deadline

    async def add(self, actor: Actor, words: ItemWords) -> ItemCard:
        """Write an item with its days and units, which are told."""
        title = await self.read_title(actor, words.plan_id, words.title)
        deadline = await self.read_deadline(actor, words.plan_id, words.deadline)
        now = self._pen.clock.now()
        today = self._pen.calendar.today(now)
        async with self._pen.unit_of_work() as uow:
            units = [await uow.plans.find_unit(unit_id) for unit_id in dict.fromkeys(words.unit_ids)]
            parties = tuple(Party(code=one.code, share=Share.RESPONSIBLE, text="") for one in units if one is not None)
            held = words.sitting_id
            if held is not None and not await uow.plan_changes.has_sitting(words.plan_id, held):
                raise NoSuchItem
            if not parties or len(parties) != len(units):
                raise NoSuchUnit
            item_id = await uow.plan_changes.add_item(
                NewDeskItem(
                    plan_id=words.plan_id,
                    section=words.section,
                    title=title,
                    deadline=deadline,
                    parties=parties,
                    instances=instances_of(deadline),
                    origin=Origin.ADDED if words.sitting_id is None else Origin.DECISION,
                    sitting_id=words.sitting_id,
                    reminds_from=today,
                ),
                now,
            )
            line_id = await uow.plan_desk.note(item_id, DeskAct.ADDED.value, now, account_id=actor.account_id)
            await uow.audit.add(actor, Act.PLAN_ITEM_CHANGED, f"plan-item:{item_id}", now, change=DeskAct.ADDED.value)
            membership = await uow.plans.load_membership()
            told = [code for party in parties for code in membership.expand(party.code)]
            await tell_units(uow, NoticeKind.PLAN_ITEM_CHANGED, line_id, told, today, now)
            card = await look_at_item(uow, item_id, today)
            await uow.commit()
        self._pen.outbox_bell.ring()
        return card

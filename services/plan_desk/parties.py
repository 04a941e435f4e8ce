"""Who answers for an item is changed, and what printed pieces stand for is said; the words are learned."""

from dataclasses import replace

from services.access import Actor
from services.plan_desk.changing import DeskPen
from services.plan_desk.dto import DeskAct
from services.plan_desk.errors import ItemChanged, NoSuchUnit
from services.plan_desk.item_dto import ItemCard
from services.plan_desk.ports import DeskUnitOfWork
from services.plan_desk.rules import alias_of
from services.plans.dto import NamedUnit
from services.responsibles.dto import Party, Share


class PartyService:
    """Parties of an item; `version`: of the item as it was shown."""

    def __init__(self, pen: DeskPen) -> None:
        self._pen = pen

    async def add(
        self, actor: Actor, item_id: int, version: int, unit_id: int, share: Share, place: int | None = None
    ) -> ItemCard:
        """Add a unit, or give one that is there another share. `place`: of the unresolved piece that means it."""
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            unit = await uow.plans.find_unit(unit_id)
            if unit is None:
                raise NoSuchUnit
            text = "" if place is None else _piece(card, place)
            known = next((party for party in card.item.parties if party.code == unit.code), None)
            new = Party(code=unit.code, share=share, text=text or (known.text if known is not None else ""))
            if known is None:
                parties = (*card.item.parties, new)
            else:
                parties = tuple(new if party.code == unit.code else party for party in card.item.parties)
            if place is not None:
                await self._settle(uow, card, place)
                await self._learn(uow, actor, parties, text)
            was_asked = known is not None and known.share is Share.RESPONSIBLE
            told = unit if share is Share.RESPONSIBLE and not was_asked else None
            return await self._write(uow, actor, card, parties, told)

    async def remove(self, actor: Actor, item_id: int, version: int, unit_id: int) -> ItemCard:
        """Take a unit out of an item; what it reported stays."""
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            unit = await uow.plans.find_unit(unit_id)
            parties = tuple(party for party in card.item.parties if unit is None or party.code != unit.code)
            if len(parties) == len(card.item.parties):
                raise ItemChanged
            return await self._write(uow, actor, card, parties, None)

    async def turn(self, actor: Actor, item_id: int, version: int, unit_id: int) -> ItemCard:
        """Let a unit that answers only take part, or the other way round."""
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            unit = await uow.plans.find_unit(unit_id)
            known = next((one for one in card.item.parties if unit is not None and one.code == unit.code), None)
            if unit is None or known is None:
                raise ItemChanged
            answers = known.share is Share.RESPONSIBLE
            new = replace(known, share=Share.PARTICIPANT if answers else Share.RESPONSIBLE)
            parties = tuple(new if one == known else one for one in card.item.parties)
            return await self._write(uow, actor, card, parties, None if answers else unit)

    async def leave_outside(self, actor: Actor, item_id: int, version: int, place: int) -> ItemCard:
        """Say that a printed piece stands for nobody in the directory."""
        async with self._pen.unit_of_work() as uow:
            card = await self._pen.take(uow, actor, item_id, version)
            _piece(card, place)
            await self._settle(uow, card, place)
            return await self._write(uow, actor, card, card.item.parties, None)

    async def _settle(self, uow: DeskUnitOfWork, card: ItemCard, place: int) -> None:
        pieces = [piece for at, piece in enumerate(card.item.unresolved) if at != place]
        await uow.plan_changes.put_unresolved(card.item.id, pieces)

    async def _learn(self, uow: DeskUnitOfWork, actor: Actor, parties: tuple[Party, ...], text: str) -> None:
        alias = alias_of(parties, text)
        if alias is not None:
            await uow.plan_import.learn([alias], self._pen.clock.now(), actor.account_id)

    async def _write(
        self,
        uow: DeskUnitOfWork,
        actor: Actor,
        card: ItemCard,
        parties: tuple[Party, ...],
        told: NamedUnit | None,
    ) -> ItemCard:
        """Write the parties; a unit that answers from now on (also those in a group) is told."""
        await uow.plan_desk.put_parties(card.item.id, parties)
        await uow.plan_desk.change_item(card.item.id, self._pen.clock.now(), {})
        before = {party.code: party.share.value for party in card.item.parties}
        after = {party.code: party.share.value for party in parties}
        if told is None:
            return await self._pen.finish(uow, actor, card, DeskAct.PARTIES_CHANGED, before=before, after=after)
        codes = (await uow.plans.load_membership()).expand(told.code)
        return await self._pen.finish(uow, actor, card, DeskAct.GIVEN, codes, before=before, after=after)


def _piece(card: ItemCard, place: int) -> str:
    """Return an unresolved piece as printed."""
    if not 0 <= place < len(card.item.unresolved):
        raise ItemChanged
    return card.item.unresolved[place].text

"""Entering and correcting facts of the roster by hand."""

from collections.abc import Iterable

from services.access import Actor
from services.audit.dto import Act
from services.certificates.dto import CertificateKind
from services.certificates.ports import Stationery
from services.corrections.dto import Correction, CorrectionEnd, Fact, FactForm, FactQuestion, ProposedCorrection
from services.corrections.errors import CorrectionEnded, FactNotPrintable
from services.corrections.ports import CorrectionsUnitOfWork
from services.corrections.rules import NEEDED, choices_of, form_of, known_groups, read_value, value_of, with_values
from services.corrections.writing import found, other_value, take_person, write_correction
from services.people.dto import RosterEntry
from services.people.rules import curated_groups, full_name, group_key
from services.ports import Clock, Factory


class CorrectionService:
    """What officials know better than the source; it outlives imports until the source says the same."""

    def __init__(
        self,
        unit_of_work: Factory[CorrectionsUnitOfWork],
        clock: Clock,
        stationery: Stationery,
        kinds: Iterable[CertificateKind],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._stationery = stationery
        self._choices = choices_of(kinds)

    async def ask(self, actor: Actor, person_id: int, fact: Fact) -> FactQuestion:
        """Return what is known of a fact and which answers are possible."""
        _require_official(actor)
        async with self._unit_of_work() as uow:
            person = found(await uow.people.find(person_id))
        return FactQuestion(
            person_id=person_id,
            person_name=_name(person.entry),
            fact=fact,
            form=form_of(fact),
            value=value_of(person.entry, fact),
            choices=self._choices.get(fact, ()),
            may_be_empty=fact not in NEEDED,
        )

    async def review(self, actor: Actor, person_id: int, fact: Fact, text: str) -> ProposedCorrection:
        """Refuse now what `correct` would refuse; return what is to be confirmed."""
        _require_official(actor)
        value = self._read(fact, text)
        async with self._unit_of_work() as uow:
            value = await _spelt(uow, fact, value)
            entry = found(await uow.people.find(person_id)).entry
        return ProposedCorrection(
            person_id=person_id, person_name=_name(entry), fact=fact, old=other_value(entry, fact, value), new=value
        )

    async def correct(self, actor: Actor, person_id: int, fact: Fact, text: str) -> Correction:
        """Write a fact of a person. Whoever comes last wins; the source's own word is kept beside it.

        Where that is what the source says, the correction ends.
        """
        _require_official(actor)
        value = self._read(fact, text)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            value = await _spelt(uow, fact, value)
            correction = await write_correction(uow, actor, person_id, fact, value, now)
            await uow.commit()
        return correction

    async def withdraw(self, actor: Actor, correction_id: int) -> Correction:
        """Give a fact back what the source says."""
        _require_official(actor)
        now = self._clock.now()
        async with self._unit_of_work() as uow:
            correction = await uow.corrections.find(correction_id)
            if correction is None:
                raise CorrectionEnded
            entry = await take_person(uow, correction.person_id)
            correction = await uow.corrections.find(correction_id)  # it may have ended while the person was waited for
            if correction is None:
                raise CorrectionEnded
            as_told = with_values(entry, {correction.fact: correction.roster_value})
            await uow.people.rewrite(correction.person_id, as_told)
            await uow.corrections.end(correction.id, now, CorrectionEnd.WITHDRAWN)
            subject, fact = f"person:{correction.person_id}", correction.fact.value
            await uow.audit.add(actor, Act.CORRECTION_WITHDRAWN, subject, now, fact=fact)
            await uow.commit()
        return correction

    async def list_of_person(self, actor: Actor, person_id: int) -> tuple[Correction, ...]:
        """Return the corrections that are in force for a person."""
        _require_official(actor)
        async with self._unit_of_work() as uow:
            return await uow.corrections.list_of_person(person_id)

    def _read(self, fact: Fact, text: str) -> str:
        value = read_value(fact, text, self._choices.get(fact, ()))
        unprintable = [sign for sign in dict.fromkeys(value) if not self._stationery.can_print(sign)]
        if unprintable:
            raise FactNotPrintable(fact, unprintable)
        return value


def _require_official(actor: Actor) -> None:
    actor.require_official()


async def _spelt(uow: CorrectionsUnitOfWork, fact: Fact, value: str) -> str:
    """Return groups as the roster has them; any other fact as it is."""
    if form_of(fact) is not FactForm.GROUPS or not value:
        return value
    keys = [group_key(name) for name in curated_groups(value)]
    return known_groups(fact, value, await uow.people.name_groups(keys))


def _name(entry: RosterEntry) -> str:
    return full_name(entry.last_name, entry.first_name, entry.patronymic)

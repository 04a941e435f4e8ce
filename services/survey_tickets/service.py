"""Making paper tickets: whoever holds one answers once, and nothing says who holds it."""

from services.access import Actor
from services.audit.dto import Act
from services.ports import Clock, Factory
from services.questionnaires.dto import SurveyMode
from services.questionnaires.rights import require_manager
from services.survey_tickets.dto import PrintedTickets, TicketSheet
from services.survey_tickets.errors import TicketsNotMeant, TicketsRunOut, TooManyTickets
from services.survey_tickets.ports import SurveyTicketsUnitOfWork, TicketPrinter
from services.survey_tickets.rules import MOST_TICKETS, draw_codes, find_group, hash_of, most_tickets, tickets_left
from services.surveys.dto import Stratum, Survey, SurveyState
from services.surveys.errors import PublicAddressMissing, SurveyChanged, SurveyMissing, SurveyNotOpen


class TicketService:
    """Makes sheets of tickets. `public_url`: of our pages, where tickets are used."""

    def __init__(
        self,
        unit_of_work: Factory[SurveyTicketsUnitOfWork],
        clock: Clock,
        printer: TicketPrinter,
        *,
        public_url: str,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._printer = printer
        self._public_url = public_url

    async def list_groups(self, actor: Actor, survey_id: int) -> list[Stratum]:
        """Return the groups of an open anonymous survey that tickets can be made for."""
        require_manager(actor)
        async with self._unit_of_work() as uow:
            await self._get(uow, survey_id)
            return [stratum for stratum in await uow.surveys.list_strata(survey_id) if stratum.leaf]

    async def make(
        self, actor: Actor, survey_id: int, stratum: str, count: int, *, shown: int | None = None
    ) -> PrintedTickets:
        """Make tickets for a group and return them on paper, which is done once: of a code only its hash is kept.

        Nothing is kept of the order in which they are printed. Without the paper there are no tickets. `shown`: how
        many the group had by what the actor saw, so that a second tap on the same button makes none.

        Raises:
            SurveyChanged: the group has other tickets than the actor saw.
            TooManyTickets: none, or more than can be made at a time.
            SurveyMissing, SurveyNotOpen, TicketsNotMeant, PublicAddressMissing: tickets would open nothing.
            NoSuchGroup: the survey has no such group.
            TicketsRunOut: the group would have more tickets than it may.
        """
        require_manager(actor)
        if not 1 <= count <= MOST_TICKETS:
            raise TooManyTickets(MOST_TICKETS)
        async with self._unit_of_work() as uow:
            survey = await self._get(uow, survey_id)
            group = find_group(await uow.surveys.list_strata(survey_id), stratum)
            if shown is not None and group.tickets != shown:
                raise SurveyChanged
            if count > tickets_left(group):
                raise TicketsRunOut(most_tickets(group), tickets_left(group))
        codes = draw_codes(count)
        pdf = await self._printer.draw(TicketSheet(group=group.name, closes_on=survey.closes_on, codes=codes))
        async with self._unit_of_work() as uow:
            if not await uow.survey_tickets.hold_open(survey_id):
                raise SurveyNotOpen
            total = await uow.survey_tickets.add_tickets(survey_id, group.code, [hash_of(code) for code in codes])
            if shown is not None and total != shown + count:
                raise SurveyChanged
            if total > most_tickets(group):  # somebody else made some meanwhile
                raise TicketsRunOut(most_tickets(group), max(0, most_tickets(group) - total + count))
            await uow.audit.add(
                actor, Act.SURVEY_TICKETS_MADE, f"survey:{survey_id}", self._clock.now(), group=group.code, count=count
            )
            await uow.commit()
        return PrintedTickets(survey_id=survey_id, stratum=group.code, count=count, total=total, pdf=pdf)

    async def _get(self, uow: SurveyTicketsUnitOfWork, survey_id: int) -> Survey:
        survey = await uow.surveys.find_survey(survey_id)
        if survey is None:
            raise SurveyMissing
        if survey.mode is not SurveyMode.ANONYMOUS:
            raise TicketsNotMeant
        if survey.state is not SurveyState.OPEN:
            raise SurveyNotOpen
        if not self._public_url:
            raise PublicAddressMissing
        return survey

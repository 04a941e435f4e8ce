"""Rules of duties, without I/O."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from services.access import Actor, LinkFrozen, NotAllowed
from services.duties.dto import Cause, Concern, DutyCard, DutyKey, DutyLine, DutyPage, Group, NewReport, Outcome, Wish
from services.duties.errors import (
    DayNotLater,
    DayTooFar,
    DutyChanged,
    DutyWordsNeeded,
    EvidenceWanted,
    HeldInFuture,
    ItemOver,
    NotAtThisPoint,
    NumberUnusable,
    OnlyInformed,
)
from services.plans.dto import Duty, DutyState, ItemState, Membership, NamedUnit, PlanItem, Standing
from services.plans.rights import spoken_for
from services.plans.rules import NEAR_DAYS, counted, due_of, standing_of
from services.responsibles.dto import Share

LONGEST_REASON = 500
LONGEST_WORDS = 1_500
MOST_COUNTED = 100_000
PAGE = 8
#: A list stays a list: so many days ahead is beyond every plan.
_FARTHEST = timedelta(days=2 * 366)
_LONG_AGO = timedelta(days=2 * 366)
#: States in which a unit still has to do something.
UNFINISHED = frozenset({DutyState.OPEN, DutyState.ACCEPTED, DutyState.RETURNED})
_CLOSED = frozenset({Standing.DONE, Standing.DONE_LATE, Standing.REPORTED, Standing.RELEASED})


def require_unit(actor: Actor, code: str) -> None:
    """Refuse whoever does not speak for just this unit or post."""
    if actor.frozen:
        raise LinkFrozen
    if code not in spoken_for(actor):
        raise NotAllowed


def share_of(item: PlanItem, code: str, membership: Membership) -> Share | None:
    """Return what a unit has to do with an item; None where it is not named, nor a group that it stands in."""
    if code in membership.members:
        return None
    names = membership.named_as(code)
    shares = {party.share for party in item.parties if party.code in names}
    if Share.RESPONSIBLE in shares:
        return Share.RESPONSIBLE
    return Share.PARTICIPANT if shares else None


def causes_of(item: PlanItem, code: str, membership: Membership, units: Mapping[str, NamedUnit]) -> list[Cause]:
    """Return the printed pieces through which a unit got an item."""
    names = membership.named_as(code)
    return [
        Cause(printed=party.text, named=units[party.code], is_group=party.code != code, share=party.share)
        for party in item.parties
        if party.code in names and party.code in units
    ]


def lines_of(
    concerns: Iterable[Concern],
    units: Sequence[NamedUnit],
    membership: Membership,
    *,
    today: date,
    person_id: int | None,
) -> Iterator[tuple[Group, DutyLine]]:
    """Return what stands in the lists of units, each line with its group."""
    names = [(unit, membership.named_as(unit.code)) for unit in units if unit.code not in membership.members]
    for one in concerns:
        for unit, known in names:
            shares = {share for code, share in one.shares.items() if code in known}
            if shares:
                yield _line_of(one, unit, shares, today, person_id)


def page_of(
    lines: Collection[tuple[Group, DutyLine]], units: tuple[NamedUnit, ...], wish: Wish, today: date
) -> DutyPage:
    """Return the part of a list that is wanted; a page beyond the last is the last."""
    chosen = [pair for pair in lines if wish.unit_id in {None, pair[1].unit.id}]
    mine = sum(line.mine for _, line in chosen)
    if wish.only_mine:
        chosen = [pair for pair in chosen if pair[1].mine]
    counts = Counter(group for group, _ in chosen)
    group = wish.group or next((one for one in Group if counts[one]), Group.MONTH)
    found = sorted((line for one, line in chosen if one is group), key=_in_order)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(wish.page, 0), pages - 1)
    return DutyPage(
        units=units,
        group=group,
        unit_id=wish.unit_id,
        only_mine=wish.only_mine,
        lines=tuple(found[page * PAGE : (page + 1) * PAGE]),
        counts=counts,
        mine=mine,
        page=page,
        pages=pages,
        today=today,
    )


def check_open(card: DutyCard, stamp: int, *states: DutyState) -> None:
    """Refuse to do anything with a duty that is not what the screen showed, or is not at this point."""
    if card.share is not Share.RESPONSIBLE:
        raise OnlyInformed
    if not card.can_act:
        raise ItemOver(card.item.reason if card.item.state is ItemState.CANCELLED else "")
    if card.stamp != stamp and card.state in states:
        raise DutyChanged
    if card.state not in states:
        raise NotAtThisPoint(card.state)


def read_words(text: str, limit: int) -> str:
    """Return words as they are kept, or refuse none and too many."""
    words = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not words or len(words) > limit:
        raise DutyWordsNeeded(limit)
    return words


def read_number(text: str, *, least: int) -> int:
    """Return a count or an attendance, or refuse it."""
    digits = "".join(text.split())
    if not digits.isascii() or not digits.isdecimal() or len(digits) > len(str(MOST_COUNTED)):
        raise NumberUnusable(least, MOST_COUNTED)
    if not least <= int(digits) <= MOST_COUNTED:
        raise NumberUnusable(least, MOST_COUNTED)
    return int(digits)


def check_wanted(card: DutyCard, wanted: date) -> None:
    """Refuse a day that is past, that is not after the one that holds, or beyond every plan.

    Before a day that is only a convention any day can be set that is not past.
    """
    yesterday = card.today - timedelta(days=1)
    after = yesterday if card.due is None or card.soft else max(card.due, yesterday)
    if wanted <= after:
        raise DayNotLater(after)
    if wanted > card.today + _FARTHEST:
        raise DayTooFar(card.today + _FARTHEST)


def sets_own_day(card: DutyCard, wanted: date) -> bool:
    """Tell whether a unit may set a day itself: there is none, or only a convention, and it is not later than that.

    Where a day is being clarified the coordinator says which one is meant.
    """
    return not card.doubtful and (card.due is None or (card.soft and wanted <= card.due))


def check_held(held_on: date | None, today: date) -> None:
    """Refuse a day that has not come, or is long past."""
    if held_on is not None and not today - _LONG_AGO <= held_on <= today:
        raise HeldInFuture


def check_report(card: DutyCard, report: NewReport) -> None:
    """Refuse numbers that cannot be, days to come, and a missing document that was not asked about."""
    check_held(report.held_on, card.today)
    for number, least in ((report.count, 1), (report.attendance, 0)):
        if number is not None and not least <= number <= MOST_COUNTED:
            raise NumberUnusable(least, MOST_COUNTED)
    if report.outcome is Outcome.DONE and card.item.document and not report.evidence and not report.bare:
        raise EvidenceWanted


def _line_of(
    one: Concern, unit: NamedUnit, shares: set[Share], today: date, person_id: int | None
) -> tuple[Group, DutyLine]:
    instance, duty = counted(one.instance, confirmed=one.confirmed), one.duties.get(unit.code)
    soft = instance.soft and (duty is None or duty.due is None)
    due, standing = due_of(instance, duty), standing_of(instance, duty, today)
    group = _group_of(standing, due, today, soft=soft) if Share.RESPONSIBLE in shares else Group.INFORMED
    if group is Group.INFORMED and standing is Standing.OVERDUE:
        standing = Standing.AHEAD  # who takes part is never overdue
    return group, DutyLine(
        key=DutyKey(instance_id=instance.id, unit_id=unit.id),
        unit=unit,
        title=one.title,
        due=due,
        printed=one.printed,
        soft=soft,
        standing=standing,
        mine=_is_handed_to(duty, person_id),
        doubtful=due is None and one.instance.due is not None,
    )


def _is_handed_to(duty: Duty | None, person_id: int | None) -> bool:
    return duty is not None and person_id is not None and duty.person_id == person_id


def _group_of(standing: Standing, due: date | None, today: date, *, soft: bool) -> Group:
    if standing in _CLOSED:
        return Group.DONE
    if due is None or (soft and due > today + timedelta(days=NEAR_DAYS)):
        return Group.UNDATED
    if due < today:
        return Group.OVERDUE
    return Group.MONTH if (due.year, due.month) == (today.year, today.month) else Group.LATER


def _in_order(line: DutyLine) -> tuple[date, int, int]:
    return line.due or date.max, line.key.instance_id, line.key.unit_id

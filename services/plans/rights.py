"""Who speaks for units, coordinates plans, leads the university; and what leaders see."""

from collections.abc import Collection, Mapping

from services.access import Actor, Role
from services.plans.dto import Membership, NamedUnit, PlanItem

#: The unit whose posts lead the university, and the post that sees everything; by their codes in the directory.
RECTORATE, RECTOR = "rectorate", "rector"
#: The roles in which somebody speaks for a unit.
SPEAKERS = (Role.UNIT_HEAD, Role.UNIT_STAFF)


def spoken_for(actor: Actor) -> tuple[str, ...]:
    """Return the codes of the units and posts that somebody speaks for; none for a frozen account."""
    return _held(actor, SPEAKERS)


def headed(actor: Actor) -> tuple[str, ...]:
    """Return the codes of the units and posts that somebody heads; none for a frozen account."""
    return _held(actor, (Role.UNIT_HEAD,))


def coordinates(actor: Actor) -> bool:
    """Tell whether somebody answers for the plans as a whole."""
    return actor.has(Role.PLAN_COORDINATOR) or actor.has(Role.ADMIN)


def is_leading(code: str, membership: Membership, units: Mapping[str, NamedUnit]) -> bool:
    """Tell whether a code is the rector's or a vice-rector's post; a unit or a group of posts leads nobody."""
    unit = units.get(code)
    if unit is None or not unit.is_post or code in membership.members:
        return False
    return code == RECTOR or membership.parents.get(code) == RECTORATE


def led_by(actor: Actor, membership: Membership, units: Mapping[str, NamedUnit]) -> frozenset[str]:
    """Return the posts of the leadership that somebody holds: as the head of each, not as its employee."""
    return frozenset(code for code in headed(actor) if is_leading(code, membership, units))


def area_of(posts: Collection[str], membership: Membership) -> frozenset[str] | None:
    """Return what leading posts see: themselves and what stands below; None for the rector's, which see everything."""
    if RECTOR in posts:
        return None
    found, wave = set(posts), set(posts)
    while wave:
        wave = {child for child, parent in membership.parents.items() if parent in wave} - found
        found |= wave
    return frozenset(found)


def may_see(
    actor: Actor, code: str, item: PlanItem | None, membership: Membership, units: Mapping[str, NamedUnit]
) -> bool:
    """Tell whether somebody may look at what a unit put beside its report on an item.

    The unit's people and coordinators may, and leaders: of units below them, and of items that name their post.
    """
    if coordinates(actor) or code in spoken_for(actor):
        return True
    posts = led_by(actor, membership, units)
    if not posts:
        return False
    area = area_of(posts, membership)
    if area is None or code in area:
        return True
    names = frozenset().union(*(membership.named_as(post) for post in posts))
    return item is not None and any(party.code in names for party in item.parties)


def _held(actor: Actor, roles: Collection[Role]) -> tuple[str, ...]:
    if actor.frozen:
        return ()
    return tuple(sorted({grant.unit_code for grant in actor.grants if grant.role in roles and grant.unit_code}))

"""When somebody is reminded of the end of a paper."""

from datetime import date, timedelta

from services.access import Actor, Role

#: Days before the last one, the farthest first: a visa is prolonged some weeks ahead, a registration some days.
THRESHOLDS = (60, 45, 30, 14, 3)
#: The threshold of a paper that has ended.
ENDED = -1
#: How long after its end a paper is still told of, should nothing have run on the day after it.
TOLD_AFTER_END = timedelta(days=7)
#: The farthest day that is looked at.
FARTHEST = timedelta(days=THRESHOLDS[0])


def threshold_of(expires_on: date, today: date) -> int | None:
    """Return the nearest threshold that a paper has come to, None while it is far off, or ended long ago."""
    left = (expires_on - today).days
    if left < 0:
        return ENDED if -left <= TOLD_AFTER_END.days else None
    return min((threshold for threshold in THRESHOLDS if left <= threshold), default=None)


def true_for(threshold: int) -> timedelta:
    """Return how late a reminder may come: it counts the days anew, so until shortly before the next one is due."""
    if threshold == ENDED:
        return TOLD_AFTER_END
    following = max((one for one in (*THRESHOLDS, ENDED) if one < threshold), default=ENDED)
    return timedelta(days=threshold - following) - timedelta(hours=12)


def sits_at(actor: Actor, office: str) -> bool:
    """Tell whether the actor may see whose papers end at an office."""
    roles = (Role.REGISTRAR, Role.UNIT_HEAD, Role.UNIT_STAFF)
    return actor.has(Role.ADMIN) or any(actor.has(role, office) for role in roles)

"""Reviews kept for the next tap, so that a tap does not understand thousands of rows anew."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.plan_import.dto import ChangedItem, PlanDifference, PlanImport, ReadItem, ReadPlan, Review
from services.plan_import.understanding import Reading

_MOST = 4
#: What was learned or renamed elsewhere is seen after so long; what is confirmed is understood anew in any case.
_KEPT_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A review, and the reading of its file without decisions."""

    review: Review
    reading: Reading
    since: datetime


class KeptReviews:
    """The last few reviews, by their drafts."""

    def __init__(self) -> None:
        self._kept: dict[int, Kept] = {}

    def find(self, draft_id: int, now: datetime) -> Kept | None:
        """Return what is kept of a draft and is not too old."""
        kept = self._kept.get(draft_id)
        return kept if kept is not None and now - kept.since < _KEPT_FOR else None

    def keep(self, kept: Kept) -> None:
        """Keep a review instead of the oldest."""
        self._kept.pop(kept.review.draft_id, None)
        while len(self._kept) >= _MOST:
            self._kept.pop(next(iter(self._kept)))
        self._kept[kept.review.draft_id] = kept

    def renew(self, review: Review) -> Review:
        """Keep the review of a draft's next version, where nothing else of it is another."""
        kept = self._kept.get(review.draft_id)
        if kept is not None:
            self._kept[review.draft_id] = replace(kept, review=review)
        return review

    def forget(self, draft_id: int) -> None:
        """Forget a draft that is gone."""
        self._kept.pop(draft_id, None)


def laid_again(planned: PlanImport, read: ReadPlan) -> PlanImport | None:
    """Return an import with its file decided otherwise; None where rows came back: these must be looked for anew."""
    difference = planned.difference
    items = {item.mark: item for item in read.items}
    pairs = (*difference.changed, *difference.unchanged)
    if items.keys() - {item.mark for item in difference.added} - {one.read.mark for one in pairs}:
        return None

    def again(known: tuple[ChangedItem, ...]) -> tuple[ChangedItem, ...]:
        return tuple(
            ChangedItem(stored=one.stored, read=_keyed(item, one.read.key), changed=one.changed)
            for one in known
            if (item := items.get(one.read.mark)) is not None
        )

    gone = tuple(one.stored for one in pairs if one.read.mark not in items)
    relaid = PlanDifference(
        added=tuple(_keyed(items[one.mark], one.key) for one in difference.added if one.mark in items),
        changed=again(difference.changed),
        unchanged=again(difference.unchanged),
        removed=(*difference.removed, *gone),
    )
    return replace(planned, read=read, difference=relaid)


def _keyed(item: ReadItem, key: str) -> ReadItem:
    return item if item.key == key else replace(item, key=key)

"""An invented announcement, for tests that need nothing but one; and a draft of one, begun all at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.announcements.dto import Announcement, AnnouncementStage, Content, SendingOptions, Voice
from services.db.uow import UnitOfWorkFactory
from services.delivery.dto import IfLate, Urgency
from services.languages import Language
from tests.architecture.wording import MOMENT

TEXTS = {Language.KY: "Жарыя", Language.RU: "Объявление", Language.EN: "Announcement"}


def announcement(**changes: Any) -> Announcement:  # noqa: ANN401 -- the fields of an announcement and of its content
    """Return one that waits for its time; what is named is a field of it or of its content."""
    of_content = {name: changes.pop(name) for name in tuple(changes) if name in Content.__dataclass_fields__}
    content = Content(**{"texts": TEXTS, **of_content})
    facts: dict[str, Any] = {
        "id": 1, "stage": AnnouncementStage.SCHEDULED, "version": 1, "content": content, "audience": "all",
        "unit_code": None, "options": SendingOptions(), "urgency": Urgency.NORMAL, "due_at": MOMENT,
        "late_after": timedelta(hours=24), "if_late": IfLate.ASK, "recipients": 5, "notice_id": None,
        "announced_at": MOMENT, "announced_by": 7001, "changed_by": 7001, "changed_at": MOMENT,
        "writers": frozenset({7001}), "approved_by": None,
        "corrected_at": None, "withdrawn_at": None,
    }  # fmt: skip
    return Announcement(**{**facts, **changes})


async def begin_draft(
    unit_of_work: UnitOfWorkFactory,
    content: Content | None = None,
    *,
    voice: Voice | None = None,
    by: int | None = None,
    now: datetime | None = None,
) -> Announcement:
    """Begin a draft with all its content, as `WritingService` does part by part; by the operator unless said."""
    async with unit_of_work() as uow:
        moment = now or datetime.now(UTC)
        begun = await uow.announcements.add_draft(content or Content(), voice or Voice(), by, moment)
        await uow.commit()
    return begun

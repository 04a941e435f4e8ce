"""What sending an announcement asks beyond its own row: who approves, who got the same, who watches."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import and_, bindparam, exists, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime

from services.access import Role
from services.announcements.dto import Announcement as AnnouncementDto
from services.announcements.sending_dto import Earlier, Watched
from services.audience.dto import Audience
from services.db.models import Account, Announcement, Broadcast, Delivery, Message, Person, Survey
from services.db.repositories.announcement_rows import ANNOUNCEMENTS, announcement_of
from services.db.repositories.audience import SqlAudienceRepository
from services.db.repositories.audience_terms import account, meant
from services.db.repositories.holders import list_holders
from services.delivery.dto import BroadcastState
from services.languages import Language
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import SurveyState

# How the message of somebody ends who did not get it.
_WITHOUT = ("failed", "blocked", "skipped", "cancelled")

# What somebody let go, and may begin at its time or with a word.
_LET_GO = ("awaiting_approval", "scheduled", "paused")

# Each language once: one that arrived at any time counts, one that never did keeps the whole from being seen.
_SEEN = text("""
    select count(*) > 0 and bool_and(arrived) from (
        select n.payload->>'language', bool_or(m.state in ('sent', 'unknown')) as arrived
        from notices n join deliveries d on d.notice_id = n.id join messages m on m.id = d.message_id
        where n.subject = :subject and n.kind = 'announcement_preview' and d.account_id = :account
          and (n.payload->>'version')::int = :version and not (n.payload->>'marked')::bool
        group by 1) languages
""")

_WATCH = text("""
    insert into announcement_progress (announcement_id, chat_id, message_id, shown_at)
    values (:announcement, :chat, :message, :now)
    on conflict (announcement_id, chat_id) do update
    set message_id = excluded.message_id, shown = '', ended = false, shown_at = excluded.shown_at
""").bindparams(bindparam("now", type_=DateTime(timezone=True)))

_LEAVE = text("delete from announcement_progress where chat_id = :chat and message_id = :message")

# Every three seconds at most, every fifteen for very long ones. Whoever takes one up says so before it is shown.
_CLAIM = text("""
    with next as (
        select p.announcement_id, p.chat_id
        from announcement_progress p join announcements a on a.id = p.announcement_id
        where not p.ended and a.state in ('begun', 'cancelled')
          and p.shown_at + make_interval(secs => least(15, greatest(3, a.recipients / 1000.0))) <= :now
        order by p.shown_at limit 1 for update of p skip locked
    )
    update announcement_progress p set shown_at = :now
    from next, accounts o
    where (p.announcement_id, p.chat_id) = (next.announcement_id, next.chat_id) and o.telegram_id = p.chat_id
    returning p.announcement_id, p.chat_id, p.message_id, coalesce(o.language, o.guessed_language, :fallback), p.shown
""").bindparams(bindparam("now", type_=DateTime(timezone=True)))

_NOTE = text("""
    update announcement_progress set shown = :shown, ended = :ended
    where announcement_id = :announcement and chat_id = :chat and message_id = :message
""")

_REST = text("""
    update announcement_progress set shown_at = :until
    where announcement_id = :announcement and chat_id = :chat and message_id = :message
""").bindparams(bindparam("until", type_=DateTime(timezone=True)))


_LIVING = (SurveyState.DRAFT.value, SurveyState.OPEN.value)


class SqlSendingRepository(SqlAudienceRepository):
    """Approvers, twins, and the messages in which somebody watches."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._connection = connection

    async def list_holders(self, roles: Collection[Role], unit_code: str | None, today: date) -> list[int]:
        """Return the accounts that hold one of the roles for the university or for this unit."""
        return await list_holders(self._connection, roles, unit_code, today)

    async def has_confidential_survey(self) -> bool:
        """Tell whether a confidential survey is open or being prepared."""
        confidential = exists().where(Survey.mode == SurveyMode.CONFIDENTIAL.value, Survey.state.in_(_LIVING))
        return bool(await self._connection.scalar(select(confidential)))

    async def has_seen(self, account_id: int, subject: str, version: int) -> bool:
        """Tell whether an account got the preview of a version in every language in which it was wanted."""
        known = {"account": account_id, "subject": subject, "version": version}
        return bool(await self._connection.scalar(_SEEN, known))

    async def list_earlier(self, since: datetime, but: int) -> list[Earlier]:
        """Return what began to go out since then and was not cancelled, the last first."""
        rows = await self._connection.execute(
            select(Announcement.id, Announcement.notice_id, Announcement.texts, Broadcast.opened_at)
            .join(Broadcast, Broadcast.notice_id == Announcement.notice_id)
            .where(Broadcast.opened_at >= since, Announcement.id != but, Announcement.withdrawn_at.is_(None))
            .order_by(Broadcast.opened_at.desc(), Announcement.id.desc())
        )
        return [
            Earlier(
                announcement_id=number,
                notice_id=notice,
                texts={Language(language): html for language, html in texts.items()},
                sent_at=opened_at,
            )
            for number, notice, texts, opened_at in rows
        ]

    async def list_waiting(self, first: datetime, last: datetime, now: datetime, but: int) -> list[AnnouncementDto]:
        """Return what was let go, has not begun and is due between two moments."""
        due_at = func.greatest(func.coalesce(Announcement.wanted_at, Announcement.due_at), now)
        rows = await self._connection.execute(
            ANNOUNCEMENTS.where(
                Announcement.state.in_(_LET_GO), due_at.between(first, last), Announcement.id != but
            ).order_by(Announcement.id.desc())
        )
        return [announcement_of(row) for row in rows]

    async def count_again(self, audience: Audience, notice_id: int, today: date, category: str | None) -> int:
        """Count who is meant and was already told by another notice, or is still to be told by it."""
        counted = meant(audience, await self._meanings(audience), func.count(), category=category).where(
            account.telegram_id.in_(
                select(Delivery.account_id)
                .join(Broadcast, Broadcast.notice_id == Delivery.notice_id)
                .outerjoin(Message, Message.id == Delivery.message_id)
                .where(
                    Delivery.notice_id == notice_id,
                    Delivery.ended.is_(None),
                    or_(
                        Message.state.not_in(_WITHOUT),
                        and_(Message.id.is_(None), Broadcast.state != BroadcastState.CANCELLED.value),
                    ),
                )
            )
        )
        found = await self._connection.scalar(counted, {"today": today})
        return int(found or 0)

    async def count_both(
        self, one: Audience, other: Audience, today: date, *, category: str | None, other_category: str | None
    ) -> int:
        """Count who is meant by both audiences."""
        others = meant(other, await self._meanings(other), account.telegram_id, category=other_category).cte("others")
        counted = meant(one, await self._meanings(one), func.count(), category=category).where(
            account.telegram_id.in_(select(others.c.telegram_id))
        )
        return int(await self._connection.scalar(counted, {"today": today}) or 0)

    async def find_name(self, account_id: int) -> str:
        """Return the name of whose account it is; empty for nobody of the roster."""
        names = select(Person.last_name, Person.first_name).join(Account, Account.person_id == Person.id)
        row = (await self._connection.execute(names.where(Account.telegram_id == account_id))).one_or_none()
        return " ".join(part for part in row if part) if row is not None else ""

    async def watch(self, announcement_id: int, chat_id: int, message_id: int, now: datetime) -> None:
        """Let a message show how an announcement goes out; one in each chat."""
        known = {"announcement": announcement_id, "chat": chat_id, "message": message_id, "now": now}
        await self._connection.execute(_WATCH, known)

    async def leave(self, chat_id: int, message_id: int) -> None:
        """Let a message show something else."""
        await self._connection.execute(_LEAVE, {"chat": chat_id, "message": message_id})

    async def claim_watched(self, now: datetime, fallback: Language) -> Watched | None:
        """Take up a message that was not looked after for a while; another replica takes another one."""
        found = await self._connection.execute(_CLAIM, {"now": now, "fallback": fallback.value})
        row = found.one_or_none()
        if row is None:
            return None
        announcement_id, chat_id, message_id, language, shown = row
        return Watched(
            announcement_id=announcement_id,
            chat_id=chat_id,
            message_id=message_id,
            language=Language(language),
            shown=shown,
        )

    async def note_shown(self, watched: Watched, shown: str, *, ended: bool) -> None:
        """Note what stands in a message now; `ended`: it is the last."""
        known = {"announcement": watched.announcement_id, "chat": watched.chat_id, "message": watched.message_id}
        await self._connection.execute(_NOTE, {**known, "shown": shown, "ended": ended})

    async def rest(self, watched: Watched, until: datetime) -> None:
        """Leave a message alone for a while."""
        known = {"announcement": watched.announcement_id, "chat": watched.chat_id, "message": watched.message_id}
        await self._connection.execute(_REST, {**known, "until": until})

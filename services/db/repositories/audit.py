"""The audit log."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import Actor
from services.audit.dto import Act
from services.db.models import AuditEntry


class SqlAuditLog:
    """Acts, in the order in which they were committed."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, actor: Actor, act: Act, subject: str, now: datetime, **details: object) -> None:
        """Note an act."""
        await self._connection.execute(
            insert(AuditEntry).values(
                at=now, account_id=actor.account_id, act=act.value, subject=subject, details=details
            )
        )

"""Where features note what was done, in the transaction of the deed."""

from datetime import datetime
from typing import Protocol

from services.access import Actor
from services.audit.dto import Act


class AuditLog(Protocol):
    """Acts of officials and of people about their own links; ids and names of facts, never their values."""

    async def add(self, actor: Actor, act: Act, subject: str, now: datetime, **details: object) -> None:
        """Note an act. `subject`: `person:17`, `account:7001`, `group:...`; `details`: what JSON can hold."""
        ...

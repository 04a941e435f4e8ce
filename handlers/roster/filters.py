"""Which documents are meant for the roster without a form."""

from aiogram.filters import BaseFilter
from aiogram.types import Message

from services.access import Actor, Role

_NAMES = (".xlsx", ".csv", ".xlsm", ".xls", ".ods", ".tsv")
_TYPES = frozenset(
    {
        "text/csv",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    }
)


class SendsTable(BaseFilter):
    """An administrator sends what by its name is a table; what it is is told by its content later."""

    async def __call__(self, message: Message, actor: Actor) -> bool:
        """Look at the name and the type."""
        document = message.document
        if document is None or not actor.has(Role.ADMIN):
            return False
        return document.mime_type in _TYPES or (document.file_name or "").lower().endswith(_NAMES)

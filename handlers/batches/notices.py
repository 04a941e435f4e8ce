"""What officials are told about their batches."""

from collections.abc import Mapping
from typing import Protocol

from aiogram.utils.i18n import gettext as _

from handlers.batches.callbacks import OpenBatch, TakeArchive
from handlers.batches.texts import batch_text
from handlers.common.notice_buttons import menu_button
from services.batches.dto import Batch
from services.certificates.dto import CertificateKind
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage


class Batches(Protocol):
    """Batches at the moment of sending."""

    async def find_told(self, batch_id: int, account_id: int) -> Batch | None:
        """Return a batch if the account began it."""
        ...


class BatchNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, batches: Batches, kinds: Mapping[str, CertificateKind]) -> None:
        self._batches = batches
        self._kinds = kinds

    async def issued(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell that the archive is ready."""
        batch = await self._batches.find_told(int(message.payload["batch_id"]), message.chat_id)
        if batch is None:
            return None
        take = OutgoingButton(text=_("📦 Get the archive"), data=TakeArchive(batch_id=batch.id).pack())
        look = OutgoingButton(text=_("👥 Look at it"), data=OpenBatch(batch_id=batch.id).pack())
        text = batch_text(batch, self._kinds.get(batch.kind), message.language)
        return OutgoingMessage(text=text, buttons=(take if batch.printed else look, menu_button()))

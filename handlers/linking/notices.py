"""What people are told unasked about their links."""

from typing import Protocol

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import ReleaseLink
from handlers.common.notice_buttons import linking_button, menu_button
from handlers.common.texts import office_line
from handlers.linking.callbacks import DisownLink
from services.delivery.dto import DueNotice, OutgoingButton, OutgoingMessage
from services.linking.dto import AccountStanding, LinkRecord
from services.university import UniversityCard


class LinkNews(Protocol):
    """Links and accounts at the moment of sending."""

    async def find_link(self, link_id: int) -> LinkRecord | None:
        """Return a link, also one that has ended."""
        ...

    async def find_account(self, account_id: int) -> AccountStanding | None:
        """Return an account."""
        ...


class LinkNotices:
    """Renderers; None where it is no longer true."""

    def __init__(self, news: LinkNews, university: UniversityCard) -> None:
        self._news = news
        self._university = university

    async def moved(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the former account that the person uses another one now, and let it object."""
        link = await self._news.find_link(int(message.payload.get("link_id", 0)))
        own = await self._news.find_account(message.chat_id)
        if link is None or link.disowned or own is None or own.person_id == link.person_id:
            return None
        text = _(
            "⚠️ Another Telegram account was just linked to your name. This account is no longer linked: it cannot "
            "order certificates.\n\nIf you did this yourself, all is well. If not, press the button: the other account "
            "is put on hold at once."
        )
        if not message.payload.get("may_disown"):
            return OutgoingMessage(text=_("Another Telegram account was linked; this account is no longer linked."))
        button = OutgoingButton(text=_("🚫 This was not me"), data=DisownLink(link_id=link.id).pack())
        return OutgoingMessage(text=text, buttons=(button,))

    async def frozen(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the account that it is on hold."""
        account = await self._news.find_account(message.chat_id)
        if account is None or not account.frozen:
            return None
        text = _(
            "⛔ The link of this account is on hold. The account that was linked before says: “This was not me.” "
            "Nothing of the student or employee is shown here until this is settled. Please come with your document "
            "to: {office}"
        )
        return OutgoingMessage(text=text.format(office=office_line(self._university, message.language)))

    async def disputed(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell an official that an account is on hold."""
        account = await self._news.find_account(int(message.payload["account_id"]))
        link_id = int(message.payload["link_id"])
        if account is None or account.hold != link_id:
            return None
        text = _(
            "⚠️ A link is disputed: the former account of a person says that it did not move the link. The new account "
            "is on hold: {account}. Check the document of whoever comes; give the rightful person a new code, or lift "
            "the hold."
        )
        lines = [text.format(account=account.account_id)]
        if account.person is not None:
            name = html.quote(f"{account.person.full_name}, {account.person.person_no}")
            lines.append(_("The person: <b>{person}</b>").format(person=name))
        lift = ReleaseLink(account_id=account.account_id, link_id=link_id)
        button = OutgoingButton(text=_("🔓 Lift the hold"), data=lift.pack())
        return OutgoingMessage(text="\n".join(lines), buttons=(button,))

    async def released(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the account that it may go on."""
        account = await self._news.find_account(message.chat_id)
        if account is None or account.frozen:
            return None
        text = _("✅ The Study Office has lifted the hold on this account. You can use everything as before.")
        return OutgoingMessage(text=text, buttons=(menu_button(),))

    async def taken_away(self, message: DueNotice) -> OutgoingMessage | None:
        """Tell the account that the Study Office parted it from its person."""
        account = await self._news.find_account(message.chat_id)
        if account is None or account.person is not None:
            return None
        text = _(
            "The Study Office has ended the link of this account: it is not linked to a student or an employee any "
            "more. Questions: {office}"
        )
        return OutgoingMessage(
            text=text.format(office=office_line(self._university, message.language)), buttons=(linking_button(),)
        )

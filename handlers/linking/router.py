"""Ways to link: a one-time code by a deep link or typed, one's own contact; and what a former account says."""

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Contact, Message, ReplyKeyboardRemove

from handlers.common.callbacks import GoTo, Place
from handlers.common.filters import TYPED_TEXT, HoldsCertificateCode, HoldsLinkCode
from handlers.common.keyboards import menu_keyboard
from handlers.common.reader import Reader
from handlers.common.screens import show, show_below
from handlers.common.tap import ANSWERS_TAP
from handlers.linking import request_form
from handlers.linking.callbacks import DeclineConsent, DisownLink, GiveConsent, LinkBy, Way
from handlers.linking.consent import ask_for_consent
from handlers.linking.keyboards import contact_keyboard, ways_keyboard
from handlers.linking.states import LinkingForm
from handlers.linking.texts import (
    declined_text,
    disowned_text,
    linked_text,
    looking_text,
    not_a_code_text,
    share_contact_text,
    waiting_text,
    ways_text,
)
from services.access import Actor
from services.accounts.service import AccountService
from services.link_requests.service import LinkRequestService
from services.linking.dto import SharedContact
from services.linking.errors import ConsentNeeded
from services.linking.rules import PAYLOAD_PREFIX, digest, is_digest
from services.linking.service import LinkingService
from services.university import UniversityCard


async def ask_to_link(
    event: CallbackQuery,
    actor: Actor,
    state: FSMContext,
    link_requests: LinkRequestService,
    university: UniversityCard,
    reader: Reader,
) -> None:
    """The person wants to be known here."""
    standing = await link_requests.get_standing(actor)
    await state.set_state(LinkingForm.code)
    text = ways_text(university, actor.language)
    if standing.waiting is not None:
        text = waiting_text(standing.waiting, reader)
    await show(event, text, ways_keyboard(waiting=standing.waiting is not None))


async def follow_link(
    message: Message,
    command: CommandObject,
    actor: Actor,
    state: FSMContext,
    linking: LinkingService,
    accounts: AccountService,
    university: UniversityCard,
) -> None:
    """The person opens a personal link."""
    await _link(message, digest(command.args or ""), actor, state, linking, accounts, university)


async def type_code(
    message: Message,
    code: str,
    actor: Actor,
    state: FSMContext,
    raw_state: str | None,
    linking: LinkingService,
    accounts: AccountService,
    university: UniversityCard,
) -> None:
    """The person types a code."""
    if raw_state == LinkingForm.contact.state:
        await _put_keyboard_away(message)
    await _link(message, digest(code), actor, state, linking, accounts, university)


async def type_something_else(message: Message) -> None:
    """The person types what cannot be a code; this is not counted as a try."""
    await show(message, not_a_code_text(), ways_keyboard())


async def choose_contact(
    event: CallbackQuery, actor: Actor, state: FSMContext, linking: LinkingService, university: UniversityCard
) -> None:
    """The person wants to be recognised by their number."""
    try:
        await linking.check_consent(actor)
    except ConsentNeeded:
        await ask_for_consent(event, actor, state, university, way=Way.CONTACT.value)
        return
    await state.set_state(LinkingForm.contact)
    await show_below(event, share_contact_text(), contact_keyboard())


async def share_contact(
    message: Message,
    contact: Contact,
    actor: Actor,
    state: FSMContext,
    linking: LinkingService,
    accounts: AccountService,
    university: UniversityCard,
) -> None:
    """The person sends a contact, with the button or by themselves; before the consent nothing of it is kept."""
    await _put_keyboard_away(message)
    try:
        person = await linking.link_by_contact(actor, _shared(message, contact))
    except ConsentNeeded:
        await ask_for_consent(message, actor, state, university, way=Way.CONTACT.value)
        return
    await state.clear()
    await show(message, linked_text(person), menu_keyboard(await accounts.recognise_again(actor)))


async def type_instead_of_contact(
    message: Message, actor: Actor, state: FSMContext, university: UniversityCard
) -> None:
    """The person presses “another way”, or writes a number by hand."""
    await _put_keyboard_away(message)
    await state.set_state(LinkingForm.code)
    await show(message, ways_text(university, actor.language), ways_keyboard())


async def agree(
    event: CallbackQuery,
    callback_data: GiveConsent,
    actor: Actor,
    state: FSMContext,
    linking: LinkingService,
    accounts: AccountService,
    link_requests: LinkRequestService,
    university: UniversityCard,
    reader: Reader,
) -> None:
    """The person agrees; what they asked for goes on by itself. A text of yesterday is shown anew."""
    asked = await state.get_data()
    try:
        await linking.agree(actor, callback_data.version, callback_data.language)
    except ConsentNeeded:
        await ask_for_consent(event, actor, state, university, **asked)
        return
    await state.clear()
    if is_digest(secret := bytes.fromhex(asked.get("digest", ""))):
        await _link(event, secret, actor, state, linking, accounts, university)
    elif asked.get("way") == Way.CONTACT:
        await choose_contact(event, actor, state, linking, university)
    elif asked.get("way") == Way.REQUEST:
        await request_form.begin_request(event, actor, state, link_requests, university)
    else:
        await ask_to_link(event, actor, state, link_requests, university, reader)


async def decline(event: CallbackQuery, actor: Actor, state: FSMContext) -> None:
    """The person does not agree."""
    await state.clear()
    await show(event, declined_text(), menu_keyboard(actor))


async def disown_link(
    event: CallbackQuery, callback_data: DisownLink, actor: Actor, linking: LinkingService, university: UniversityCard
) -> None:
    """The person says, on the account that lost its link, that it was not them."""
    await linking.disown(actor, callback_data.link_id)
    await show(event, disowned_text(university, actor.language), menu_keyboard(actor))


async def _link(
    event: Message | CallbackQuery,
    secret: bytes,
    actor: Actor,
    state: FSMContext,
    linking: LinkingService,
    accounts: AccountService,
    university: UniversityCard,
) -> None:
    try:
        person = await linking.link(actor, secret)
    except ConsentNeeded:
        await ask_for_consent(event, actor, state, university, digest=secret.hex())
        return
    await state.clear()
    await show(event, linked_text(person), menu_keyboard(await accounts.recognise_again(actor)))


async def _put_keyboard_away(message: Message) -> None:
    await show_below(message, looking_text(), ReplyKeyboardRemove())


def _shared(message: Message, contact: Contact) -> SharedContact:
    """Read a contact: any sign of another origin counts as forwarded."""
    origins = (message.forward_origin, message.forward_date, message.is_automatic_forward, message.sender_chat)
    return SharedContact(
        phone=contact.phone_number,
        owner_id=contact.user_id,
        forwarded=any(origins),
        via_bot=message.via_bot is not None,
    )


def create_router() -> Router:
    """Handlers of this feature; the form of requests stands before the codes."""
    router, codes = Router(name="linking"), Router(name="link codes")
    codes.message.register(follow_link, CommandStart(deep_link=True, magic=F.args.startswith(PAYLOAD_PREFIX)))
    codes.callback_query.register(ask_to_link, GoTo.filter(F.place == Place.LINKING), flags=ANSWERS_TAP)
    codes.callback_query.register(choose_contact, LinkBy.filter(F.way == Way.CONTACT), flags=ANSWERS_TAP)
    codes.callback_query.register(agree, GiveConsent.filter())
    codes.callback_query.register(decline, DeclineConsent.filter())
    codes.callback_query.register(disown_link, DisownLink.filter(), flags=ANSWERS_TAP)
    codes.message.register(share_contact, F.contact.as_("contact"))
    codes.message.register(type_code, LinkingForm.code, HoldsLinkCode(asked_for=True))
    codes.message.register(type_code, HoldsLinkCode())
    codes.message.register(type_something_else, LinkingForm.code, TYPED_TEXT, ~HoldsCertificateCode())
    codes.message.register(type_instead_of_contact, LinkingForm.contact, TYPED_TEXT, ~HoldsCertificateCode())
    router.include_routers(request_form.create_router(), codes)
    return router

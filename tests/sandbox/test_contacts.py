"""Contacts, answers and forwarded messages: what the bot hears of where they come from."""

import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile, Message, MessageOriginHiddenUser, MessageOriginUser

from bot.sandbox import World
from tests.sandbox.conftest import AIZADA, BAKYT
from tests.sandbox.test_files import PNG

GROUP = -1_000_000_000_500


async def heard(bot: Bot) -> Message:
    """The newest message the bot has heard."""
    message = (await bot.get_updates())[-1].message
    assert message is not None
    return message


async def test_ones_own_contact_carries_ones_own_number(world: World, bot: Bot) -> None:
    world.share_contact(AIZADA)
    message = await heard(bot)
    assert message.contact is not None
    assert (message.contact.user_id, message.contact.phone_number) == (AIZADA, "+996700000001")
    assert (message.contact.first_name, message.contact.last_name) == ("Айзада", "Маматова")
    assert (message.forward_origin, message.via_bot) == (None, None)


async def test_anybodys_contact_can_be_sent(world: World, bot: Bot) -> None:
    world.share_contact(AIZADA, owner_id=BAKYT)
    others = (await heard(bot)).contact
    assert others is not None
    assert (others.user_id, others.phone_number, others.last_name) == (BAKYT, "+996700000002", None)
    world.share_contact(AIZADA, owner_id=0, phone="+996700000001", name="Айзада Маматова")
    written = (await heard(bot)).contact
    assert written is not None
    assert (written.user_id, written.phone_number, written.last_name) == (None, "+996700000001", "Маматова")
    world.share_contact(AIZADA, owner_id=99, phone="+996700000001")
    unknown = (await heard(bot)).contact
    assert unknown is not None
    assert (unknown.user_id, unknown.first_name) == (99, "Somebody")


async def test_a_contact_may_be_forwarded_or_made_by_another_bot(world: World, bot: Bot) -> None:
    world.share_contact(AIZADA, forwarded=True)
    own = await heard(bot)
    assert own.contact is not None
    assert isinstance(own.forward_origin, MessageOriginUser)
    assert own.contact.user_id == own.forward_origin.sender_user.id == AIZADA
    world.share_contact(AIZADA, owner_id=0, forwarded=True)
    assert isinstance((await heard(bot)).forward_origin, MessageOriginHiddenUser)
    world.share_contact(AIZADA, via_bot=True)
    message = await heard(bot)
    assert message.contact is not None
    assert message.via_bot is not None


async def test_of_a_group_the_bot_hears_contacts_as_an_administrator_or_as_an_answer(world: World, bot: Bot) -> None:
    world.add_group(GROUP, "ИСТ-24", [AIZADA], bot_hears_all=True)
    added = (await bot.get_updates())[-1].my_chat_member
    assert added is not None
    assert added.new_chat_member.status == "administrator"
    world.share_contact(AIZADA, chat_id=GROUP)
    message = await heard(bot)
    assert (message.chat.id, message.contact is not None) == (GROUP, True)
    world.add_group(GROUP - 1, "ИСТ-25", [AIZADA])
    before = len(await bot.get_updates())
    world.share_contact(AIZADA, chat_id=GROUP - 1)
    assert len(await bot.get_updates()) == before
    question = await bot.send_message(GROUP - 1, "Ким?")
    world.share_contact(AIZADA, chat_id=GROUP - 1, reply_to=question.message_id)
    answer = await heard(bot)
    assert answer.reply_to_message is not None
    assert (answer.chat.id, answer.reply_to_message.text) == (GROUP - 1, "Ким?")


async def test_a_forwarded_message_says_who_wrote_it(world: World, bot: Bot) -> None:
    contact = world.share_contact(AIZADA)["message_id"]
    paper = await bot.send_document(AIZADA, BufferedInputFile(b"%PDF", "a.pdf"), caption="<b>a</b>", parse_mode="HTML")
    world.forward(AIZADA, contact)
    own = await heard(bot)
    assert own.contact is not None
    assert own.forward_origin is not None
    assert (own.contact.user_id, own.forward_origin.type) == (AIZADA, "user")
    world.forward(AIZADA, paper.message_id)
    back = await heard(bot)
    assert isinstance(back.forward_origin, MessageOriginUser)
    assert back.document is not None
    assert back.caption_entities is not None
    assert (back.forward_origin.sender_user.id, back.caption) == (bot.id, "a")
    again = world.forward(AIZADA, back.message_id)
    assert again["forward_origin"] == world.messages(AIZADA)[-2]["forward_origin"]


async def test_only_messages_one_sees_and_may_pass_on_are_forwarded(world: World, bot: Bot) -> None:
    kept = await bot.send_message(AIZADA, "a", protect_content=True)
    with pytest.raises(ValueError, match="can't be forwarded"):
        world.forward(AIZADA, kept.message_id)
    with pytest.raises(ValueError, match="is not in chat"):
        world.forward(BAKYT, kept.message_id, from_chat=AIZADA)


async def test_answers_and_captions_reach_the_bot(world: World, bot: Bot) -> None:
    question = (await bot.send_message(AIZADA, "Кайсы?")).message_id
    world.send_text(AIZADA, "Бул", reply_to=question)
    answer = await heard(bot)
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.message_id == question
    world.send_photo(AIZADA, PNG, caption="Чек https://kstu.kg", reply_to=question)
    photo = await heard(bot)
    assert photo.photo is not None
    assert photo.caption_entities is not None
    assert (photo.caption, photo.caption_entities[0].type) == ("Чек https://kstu.kg", "url")
    world.send_document(AIZADA, "a.pdf", b"%PDF", caption="Арыз")
    assert (await heard(bot)).caption == "Арыз"
    with pytest.raises(ValueError, match="caption"):
        world.send_photo(AIZADA, PNG, caption="a" * 1025)

"""The coordinator's desk in the chat: a report returned and accepted, a dispute, a sitting that moves its items."""

from datetime import UTC, datetime, timedelta

from services.access import OPERATOR, Role
from services.languages import Language
from tests.support.friends import Friend
from tests.support.people import AIZADA
from tests.support.planned import Wanted, put_plan, put_units
from tests.support.telegram import Telegram

TITLE = "Чогулуш <b> & отчет"


async def coordinator(telegram: Telegram) -> Friend:
    """Somebody whose account holds the role, with English screens."""
    friend = telegram.stranger("Координатор", "en")
    await friend.starts()
    await friend.taps("English")
    await telegram.bot.given.roles.grant(OPERATOR, str(friend.id), Role.PLAN_COORDINATOR)
    await friend.hears(lambda: "/admin" in friend.sees)
    return friend


async def head_with_item(telegram: Telegram, items: int = 1, **wanted: object) -> tuple[Friend, int]:
    """A head whose unit has one item of a plan, or several alike, and the plan."""
    head = await telegram.meet("Айзада", AIZADA, Language.EN)
    code, due = f"unit-{head.id}", datetime.now(UTC).date() + timedelta(days=40)
    item = Wanted(**({"title": TITLE, "responsible": [code], "dues": [due]} | wanted))  # type: ignore[arg-type]
    async with telegram.engine.begin() as connection:
        await put_units(connection, {code: f"Бөлүм <b> {head.id}", f"other-{head.id}": f"Башка {head.id}"})
        plan_id, _ids = await put_plan(connection, [item] * items, name=f"plan {head.id}", year=2026)
    await telegram.bot.given.roles.grant(OPERATOR, str(head.id), Role.UNIT_HEAD, code)
    await head.hears(lambda: head.messages)
    return head, plan_id


async def reports(head: Friend) -> None:
    await head.says("/plan")
    await head.taps("1. ")
    await head.taps("Report: done")
    await head.says("Held <i>on time</i>")
    await head.taps("Give the report")


async def opens_desk(boss: Friend) -> None:
    await boss.says("/admin")
    await boss.taps("🗓 Plans")


async def test_report_is_returned_reported_again_and_accepted(telegram: Telegram) -> None:
    head, _plan = await head_with_item(telegram)
    boss = await coordinator(telegram)
    await reports(head)
    await opens_desk(boss)
    await boss.taps("Decisions: ")
    await boss.taps(f"📨 Бөлүм <b> {head.id}"[:12])
    assert "Held <i>on time</i>" in boss.sees
    await boss.taps("Return with a comment")
    await boss.says("/cancel")
    await opens_desk(boss)
    await boss.taps("Decisions: ")
    await boss.taps("📨 Бөлүм")
    await boss.taps("Return with a comment")
    await boss.says("Sign <b>it")
    assert "The report is returned" in boss.sees
    await head.hears(lambda: "Sign <b>it" in head.sees)
    await reports(head)
    await opens_desk(boss)
    await boss.taps("Decisions: ")
    await boss.taps("📨 Бөлүм")
    stale = boss.screen
    await boss.taps("✅ Accept")
    assert "Nothing waits" in boss.sees
    await head.hears(lambda: "Your report was accepted" in head.sees)
    state = "select state from plan_duties where unit_code = :unit"
    assert await telegram.value(state, unit=f"unit-{head.id}") == "done"
    await boss.presses(stale["message_id"], "pqa:r:1:0")
    assert "This waits no more" in boss.sees


async def test_dispute_is_given_to_another_unit(telegram: Telegram) -> None:
    head, _plan = await head_with_item(telegram)
    boss = await coordinator(telegram)
    await head.says("/plan")
    await head.taps("1. ")
    await head.taps("Not our business")
    await head.says("Of the others")
    await opens_desk(boss)
    await boss.taps("Decisions: ")
    await boss.taps("↩️ Бөлүм")
    assert "Of the others" in boss.sees
    await boss.taps("Give it to another unit")
    await boss.says(f"other-{head.id}")
    await boss.taps(f"Башка {head.id}")
    assert "given to the other unit" in boss.sees
    await head.hears(lambda: "not your business" in head.sees)
    parties = await telegram.rows("select code from plan_parties where code = :code", code=f"other-{head.id}")
    assert parties == [(f"other-{head.id}",)]


async def test_item_without_a_day_is_left_so_knowingly(telegram: Telegram) -> None:
    head, _plan_id = await head_with_item(telegram, dues=[], confirmed=False)
    boss = await coordinator(telegram)
    await opens_desk(boss)
    await boss.taps(f"plan {head.id}")
    await boss.taps("🏛 Sittings")
    await boss.taps("Those that the plan prints")
    assert "Make one by hand" in boss.sees
    assert "➕ A sitting by hand" in boss.buttons
    await boss.taps("← Sittings")
    await boss.taps("← The plan")
    await boss.taps("❓ To be clarified")
    await boss.taps(TITLE[:8])
    await boss.taps("It stays without a day")
    assert "nobody is reminded of it until you set one" in boss.sees


async def test_day_of_a_sitting_moves_its_items(telegram: Telegram) -> None:
    head, plan_id = await head_with_item(telegram, items=2)
    boss = await coordinator(telegram)
    await telegram.execute(
        "update plan_items set deadline_text = 'Ноябрь. 3-отурум' where plan_id = :plan", plan=plan_id
    )
    await opens_desk(boss)
    await boss.taps(f"plan {head.id}")
    await boss.taps("🏛 Sittings")
    await boss.taps("Those that the plan prints")
    await boss.taps("Ноябрь. 3-отурум")
    await boss.taps("Set the day")
    await boss.says("25.03.2027")
    assert "25 March 2027" in boss.sees
    await head.hears(lambda: "was moved" in head.sees)
    assert "The same goes for 1 more item; see the work plan." in head.sees
    await boss.taps(f"1 {TITLE[:8]}")
    assert "🏛 Goes by the sitting: Ноябрь. 3-отурум" in boss.sees
    await boss.taps("🕘 History")
    assert "New last day" in boss.sees

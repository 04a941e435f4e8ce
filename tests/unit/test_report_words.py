"""Everything that the report of one's own data can list has a word in three languages."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Catalogues
from bot.localtime import LocalTime
from handlers.common.fact_labels import fact_label, fact_value
from handlers.mydata import words
from services.audit.dto import Act
from services.certificates.register import RegisterStatus
from services.db.models import LinkRequest, Message
from services.delivery.dto import NoticeKind
from services.languages import Language
from services.linking.dto import LinkEnd, LinkWay
from services.people.dto import PersonKind, PersonStatus, RosterEntry

I18N = Catalogues()
DATES = LocalTime(ZoneInfo("Asia/Bishkek"))


def states_of(model: type[Message] | type[LinkRequest]) -> list[str]:
    """Return the states that the table allows."""
    (check,) = [
        str(constraint.sqltext)
        for constraint in model.__table__.constraints  # type: ignore[attr-defined]  # a table has constraints
        if str(constraint.name).endswith("_state")
    ]
    return check.split("'")[1::2]


@pytest.mark.parametrize(
    ("word", "names"),
    [
        (words.act_in_words, Act),
        (words.kind_of_message, NoticeKind),
        (words.way_of_link, LinkWay),
        (words.end_of_link, LinkEnd),
        (words.status_of_certificate, RegisterStatus),
        (words.state_of_message, states_of(Message)),
        (words.state_of_request, states_of(LinkRequest)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_every_name_that_is_kept_has_a_word_in_three_languages(
    word: Callable[[str], str], names: Iterable[StrEnum | str]
) -> None:
    for name in names:
        said = set()
        for language in Language:
            with I18N.context(), I18N.use_locale(language.value):
                said.add(word(str(name)))
        assert str(name) not in said or str(name) in {
            "linked",
            "refused",
            "withdrawn",
            "sent",
            "issued",
            "revoked",
            "cancelled",
        }
        assert len(said) == 3 or str(name) == "admin"


def test_every_fact_of_the_roster_has_a_label_in_three_languages() -> None:
    for field in fields(RosterEntry):
        said = set()
        for language in Language:
            with I18N.context(), I18N.use_locale(language.value):
                said.add(fact_label(field.name))
        assert field.name not in said
        assert len(said) >= 2  # Код, Статус and the like are the same in two


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("birth_date", date(2006, 3, 14), "14 марта 2006 г."),
        ("visa_expires", "2026-12-01", "1 декабря 2026 г."),
        ("course", 2, "2"),
        ("study_form", "part_time", "заочная"),
        ("degree", "of a later version", "of a later version"),
        ("kind", PersonKind.STUDENT, "студент"),
        ("status", PersonStatus.LEAVE, "в академическом отпуске"),
        ("phone", "", ""),
        ("birth_date", None, ""),
    ],
)
def test_value_of_a_fact_is_said_in_the_readers_words(name: str, value: object, said: str) -> None:
    with I18N.context(), I18N.use_locale("ru"):
        assert fact_value(name, value, Language.RU, DATES).replace("\N{NO-BREAK SPACE}", " ") == said

"""What may be typed into a request, and how it is compared."""

import pytest

from services.access import LinkedPerson
from services.languages import Trilingual
from services.link_requests.dto import Alike, Candidate, TypedFacts
from services.link_requests.rules import alike, likest, readable
from services.linking.dto import PersonStanding
from services.people.dto import PersonKind, PersonStatus


def candidate(name: str, number: str, group: str = "", place: Trilingual | None = None) -> Candidate:
    """Somebody of the roster."""
    person = LinkedPerson(id=hash(number), person_no=number, full_name=name)
    standing = PersonStanding(
        person=person, absent=False, status=PersonStatus.ACTIVE, linked_before=False, holds_roles=False
    )
    kind = PersonKind.STUDENT if group else PersonKind.STAFF
    return Candidate(standing=standing, kind=kind, group_name=group, place=place or Trilingual(), linked=False)


GULNARA = candidate("Өмүрова Гүлнара Таалайбековна", "S-1003", "ПИ-1-25")
BAKYT = candidate(
    "Токтогулов Бакыт", "E-1", place=Trilingual(ky="Декан, МТИ", ru="Декан, ИИТ", en="Dean, Institute of IT")
)


@pytest.mark.parametrize(
    ("text", "read"),
    [(" Ли \n Ян ", "Ли Ян"), ("Ли", "Ли"), ("Л", None), ("  ", None), ("х" * 120, "х" * 120), ("х" * 121, None)],
)
def test_typed_fact_is_one_line_of_some_length(text: str, read: str | None) -> None:
    assert readable(text) == read


@pytest.mark.parametrize(
    ("name", "group", "number", "found"),
    [
        ("Гулнара Омурова", "пи 1-25", "s-1003", Alike(name=True, group_name=True, person_no=True)),
        ("Өмүрова Гүлнара Таалайбековна", "ПИ-2-25", "S - 1003", Alike(name=True, group_name=False, person_no=True)),
        ("Өмүрова", "ПИ", "1003", Alike(name=False, group_name=False, person_no=False)),
        ("Өмүрова Гүлнара Асановна", "…", "…", Alike(name=False, group_name=False, person_no=False)),
    ],
)
def test_student_is_compared_however_it_is_spelt(name: str, group: str, number: str, found: Alike) -> None:
    assert alike(TypedFacts(name=name, group_name=group, person_no=number), GULNARA) == found


@pytest.mark.parametrize(
    ("post", "same"), [("декан", True), ("Institute of IT", True), ("иит", True), ("Ректор", False)]
)
def test_of_staff_any_part_of_post_and_unit_will_do(post: str, same: bool) -> None:
    assert alike(TypedFacts(name="Бакыт Токтогулов", group_name=post, person_no="E-1"), BAKYT).group_name is same


def test_number_weighs_more_than_name_and_group_together_and_nobody_is_named_twice() -> None:
    facts = TypedFacts(name="Гүлнара Өмүрова", group_name="ПИ-1-25", person_no="E-1")
    assert likest(facts, [GULNARA, BAKYT, GULNARA]) == (BAKYT, GULNARA)

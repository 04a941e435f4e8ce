"""Rules about people."""

import pytest

from services.people.rules import full_name, removes_too_many


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Маматова", "Айзада", "Бакытовна"), "Маматова Айзада Бакытовна"),
        (("Асан уулу", "Нурлан", ""), "Асан уулу Нурлан"),
        (("", "Нурлан", ""), "Нурлан"),
        (("", "", ""), ""),
    ],
)
def test_full_name_has_the_parts_that_exist(parts: tuple[str, str, str], name: str) -> None:
    assert full_name(*parts) == name


@pytest.mark.parametrize(
    ("present", "removed", "too_many"),
    [(0, 0, False), (1, 0, False), (1, 1, True), (19, 1, True), (20, 1, False), (20, 2, True), (2000, 100, False),
     (2000, 101, True)],
)  # fmt: skip
def test_five_per_cent_may_leave_at_once(present: int, removed: int, too_many: bool) -> None:
    assert removes_too_many(present, removed) is too_many


def test_exactly_five_per_cent_is_never_too_many() -> None:
    assert not [present for present in range(20, 40_001, 20) if removes_too_many(present, present // 20)]

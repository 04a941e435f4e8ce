"""Countries as rosters write them."""

import pytest

from services.people.countries import country_of, is_foreign, iso_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("KG", "KG"),
        ("kgz", "KG"),
        ("КР", "KG"),
        ("KR", "KG"),
        ("Гражданка Кыргызской Республики", "KG"),
        ("Өзбекстан", "UZ"),
        ("озбекстан", "UZ"),
        ("Узбекистан", "UZ"),
        ("РФ", "RU"),
        ("Türkiye", "TR"),
        ("Южная Корея", "KR"),
        ("fr", "FR"),
        ("Атлантида", ""),
        ("", ""),
        ("А1", ""),
    ],
)
def test_country_has_one_code_for_all_its_names(written: str, code: str) -> None:
    assert iso_code(written) == code


def test_spellings_of_a_country_are_one_country() -> None:
    assert country_of("РОССИЯ") == country_of("RUS") == country_of("ru")
    assert country_of("Атлантида") == country_of(" атлантида ")
    assert country_of("Южная Корея") != country_of("Кыргызстан")


@pytest.mark.parametrize(("written", "foreign"), [("", False), ("КР", False), ("IN", True), ("Атлантида", True)])
def test_citizen_of_another_country_is_foreign(written: str, foreign: bool) -> None:
    assert is_foreign(written) is foreign

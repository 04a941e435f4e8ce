"""Names as they occur in Kyrgyzstan, put together by chance; nobody real."""

import random
from dataclasses import dataclass

_SURNAMES = (
    "Абдыкадыров", "Асанов", "Байтемиров", "Бейшеналиев", "Дүйшеев", "Жумабеков", "Исаков", "Кадыров", "Калматов",
    "Кенжебаев", "Мамбетов", "Молдобаев", "Осмонов", "Өмүров", "Сатыбалдиев", "Сыдыков", "Ташматов", "Токтосунов",
    "Турдубаев", "Үсөнов", "Чыныбаев", "Шаршенов", "Эгембердиев", "Эсенов",
)  # fmt: skip
_MEN = (
    "Азамат", "Айбек", "Алмаз", "Бакыт", "Бекзат", "Данияр", "Кубат", "Мирлан", "Нурбек", "Нурлан", "Өмүрбек",
    "Руслан", "Санжар", "Темирлан", "Тилек", "Улан", "Чынгыз", "Эркин", "Эрмек",
)  # fmt: skip
_WOMEN = (
    "Айзада", "Айпери", "Айсулуу", "Асел", "Бегимай", "Гүлнара", "Жибек", "Каныкей", "Мээрим", "Назгүл", "Нургүл",
    "Рахат", "Чолпон", "Элиза",
)  # fmt: skip
_FATHERS = (
    "Асан", "Бакыт", "Болот", "Жеңишбек", "Кубанычбек", "Марат", "Өмүрбек", "Таалайбек", "Үсөн", "Эркин",
)  # fmt: skip
_RUSSIAN_SURNAMES = ("Васильев", "Кузьмин", "Лебедев", "Морозов", "Соколов", "Фёдоров")
_RUSSIAN_MEN = ("Артём", "Илья", "Максим", "Никита")
_RUSSIAN_WOMEN = ("Анна", "Дарья", "Елена", "Мария")
_RUSSIAN_PATRONYMICS = (("Андреевич", "Андреевна"), ("Викторович", "Викторовна"), ("Сергеевич", "Сергеевна"))
#: Country, surname and first name in Cyrillic, the name as it stands in the passport.
_FOREIGN = (
    ("Индия", "Шарма", "Рохан", "Sharma Rohan"),
    ("Индия", "Патель", "Дивья", "Patel Divya"),
    ("Индия", "Наир", "Арджун", "Nair Arjun"),
    ("Пакистан", "Хан", "Билал", "Khan Bilal"),
    ("Пакистан", "Малик", "Айеша", "Malik Ayesha"),
    ("Пакистан", "Сиддики", "Усман", "Siddiqui Usman"),
    ("Казахстан", "Ахметов", "Ерлан", "Akhmetov Yerlan"),
    ("Өзбекстан", "Каримова", "Дилноза", "Karimova Dilnoza"),
    ("Россия", "Орлов", "Кирилл", "Orlov Kirill"),
)

_LATIN = dict(
    zip("абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя", (
        "a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "n", "o", "o", "p", "r", "s", "t",
        "u", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "iu", "ia",
    ), strict=True)
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as the roster writes it; `latin` is what stands in the passport."""

    last: str
    first: str
    patronymic: str = ""
    latin: str
    citizenship: str = "Кыргызстан"

    @property
    def is_foreign(self) -> bool:
        """Whether this person came to study from abroad."""
        return self.citizenship != "Кыргызстан"


def invent_name(dice: random.Random, *, foreign_share: float = 0.06) -> Name:
    """Return a name: mostly Kyrgyz, some with `уулу` and `кызы`, some Russian, some from abroad."""
    kind = dice.random()
    if kind < foreign_share:
        return _foreign(dice)
    woman = dice.random() < 0.5  # noqa: PLR2004 -- as many women as men
    if kind < foreign_share + 0.12:
        return _russian(dice, woman=woman)
    return _kyrgyz(dice, woman=woman)


def to_latin(text: str) -> str:
    """Write an invented Cyrillic name in Latin letters, for lack of a passport; real names are never derived."""
    return " ".join(_latin_word(word) for word in text.split())


def _kyrgyz(dice: random.Random, *, woman: bool) -> Name:
    first = dice.choice(_WOMEN if woman else _MEN)
    father = dice.choice(_FATHERS)
    if dice.random() < 0.15:  # noqa: PLR2004 -- a share
        last, patronymic = f"{father} {'кызы' if woman else 'уулу'}", ""
    else:
        last = dice.choice(_SURNAMES) + ("а" if woman else "")
        patronymic = "" if dice.random() < 0.1 else father + ("овна" if woman else "ович")  # noqa: PLR2004 -- a share
    return Name(last=last, first=first, patronymic=patronymic, latin=to_latin(f"{last} {first}"))


def _russian(dice: random.Random, *, woman: bool) -> Name:
    last = dice.choice(_RUSSIAN_SURNAMES) + ("а" if woman else "")
    first = dice.choice(_RUSSIAN_WOMEN if woman else _RUSSIAN_MEN)
    return Name(
        last=last, first=first, patronymic=dice.choice(_RUSSIAN_PATRONYMICS)[woman], latin=to_latin(f"{last} {first}")
    )


def _foreign(dice: random.Random) -> Name:
    country, last, first, latin = dice.choice(_FOREIGN)
    return Name(last=last, first=first, latin=latin, citizenship=country)


def _latin_word(word: str) -> str:
    letters = "".join(_LATIN.get(letter, letter) for letter in word.lower())
    return letters if word in {"уулу", "кызы"} else letters.capitalize()

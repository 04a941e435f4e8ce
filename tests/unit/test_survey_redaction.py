"""What is suggested for removal from free texts, in three languages, and what is left alone."""

import time

import pytest

from services.survey_reports.redaction import Kind, Redactor, Span, redacted

NAMES = [
    "Асанов Бакыт Эркинович", "Токтогулова Гүлнара Маратовна", "Жумабек уулу Нурлан", "Садыкова Айгүл", "Ким Ольга",
    "Петренко Сергей", "Чынгызбек кызы Мээрим", "Ибраимов Данияр", "Өмүралиева Жылдыз",
]  # fmt: skip
REDACTOR = Redactor(NAMES)

MARKED = """
Асанов ставит оценки за деньги => [name] ставит оценки за деньги
у Асанова невозможно сдать => у [name] невозможно сдать
Асанову всё равно => [name] всё равно
спорили с Асановым => спорили с [name]
асанов берёт взятки => [name] берёт взятки
АСАНОВ кричит => [name] кричит
Токтогулова хорошо объясняет => [name] хорошо объясняет
у Токтогуловой интересно => у [name] интересно
спасибо Гульнаре Маратовне => спасибо [name]
Гулнара Маратовна лучшая => [name] лучшая
Айгуль всегда помогает => [name] всегда помогает
Бакыт Эркинович помогает => [name] помогает
Бакыту спасибо => [name] спасибо
Асановдун сабагы кызык => [name] сабагы кызык
Асановго рахмат => [name] рахмат
Асановага рахмат => [name] рахмат
Гүлнара эже жакшы окутат => [name] эже жакшы окутат
Токтогуловадан коркобуз => [name] коркобуз
Жумабек уулу Нурлан акча чогултат => [name] акча чогултат
Чынгызбек кызынын жардамы => [name] жардамы
Ибраимовдон сабак алуу кыйын => [name] сабак алуу кыйын
Өмүралиева жакшы => [name] жакшы
Омуралиева жакшы => [name] жакшы
Абдыкадыр уулуна айткыла => [name] айткыла
Иван Петрович кричит => [name] кричит
Светлане Юрьевне спасибо => [name] спасибо
Кадыров А.Б. опаздывает => [name] опаздывает
А. Б. Кадыров опаздывает => [name] опаздывает
А.Кадыров опаздывает => [name] опаздывает
преподаватель Темиров груб => преподаватель [name] груб
мугалим Темиров кеч келет => мугалим [name] кеч келет
декан Орозбеков не принимает => декан [name] не принимает
Темир агай жакшы => [name] агай жакшы
Темир агайдын сабагы => [name] агайдын сабагы
куратора зовут Улан => куратора зовут [name]
нам сказал Орозбеков, что нельзя => нам сказал [name], что нельзя
Mr. Smith is rude => [name] is rude
Professor Brown explains well => [name] explains well
Asanov is rude => [name] is rude
Gulnara is kind => [name] is kind
our curator Aigul helps => our curator [name] helps
Toktogulova helps => [name] helps
звоните 0555 12 34 56 => звоните [phone]
0555123456 => [phone]
+996 555 123 456 => [phone]
+996(555)12-34-56 => [phone]
996555123456 => [phone]
0 555 12-34-56 => [phone]
0-555-12-34-56 => [phone]
О555 123 456 => [phone]
0 5 5 5 1 2 3 4 5 6 => [phone]
+7 999 123-45-67 => [phone]
8 999 123 45 67 => [phone]
555 12 34 56 => [phone]
54-51-23 => [phone]
тел. 545123 => [phone]
ноль пять пять пять двенадцать тридцать четыре => [phone]
нөл беш беш беш он эки отуз төрт => [phone]
zero five five five one two three => [phone]
пишите на bakyt@mail.ru => пишите на [email]
bakyt.asanov+1@kstu.edu.kg жазгыла => [email] жазгыла
bakyt собака mail точка ru => [email]
bakyt (at) mail (dot) ru => [email]
@bakyt_99 жазгыла => [account] жазгыла
инстаграм: bakyt.asan => [account]
telegram: nur_lan7 => [account]
https://t.me/bakyt => [link]
t.me/bakyt кирип көргүлө => [link] кирип көргүлө
www.example.com/page?id=1 => [link]
см. forms.kg/abc => см. [link]
паспорт ID1234567 => паспорт [number]
AN 1234567 => [number]
ИНН 21503199500123 => [number]
21503199500123 => [number]
студенческий билет № 20231 => [number]
зачётка 123456 => [number]
Student ID: 20231 => [number]
группа ПИ-21 самая шумная => группа [group] самая шумная
ИСТ-1-22 тайпасы => [group] тайпасы
ПОВТ(б)-2-21 группасында => [group] группасында
ист-1-22де окуйм => [group]де окуйм
мы из ЭЭ-3-20 => мы из [group]
group CS-21 => group [group]
в кабинете 305 холодно => в [room] холодно
ауд. 1/305 => [room]
305-кабинетте суук => [room] суук
бөлмө 412 => [room]
в комнате № 214 тараканы => в [room] тараканы
room 305 is cold => [room] is cold
в 2/415 нет света => в [room] нет света
его машина 01KG 123 ABC => его машина [plate]
01 123 ABC => [plate]
B 1234 AD => [plate]
"""
UNMARKED = """
2-курс студенттери
на 2-курсе тяжело
3 курс, 1 семестр
Математика кызык
Высшая математика и Физика сложные предметы
Кыргыз тили сабагы
предмет «Сопротивление материалов»
История Кыргызстана
Программирование на Python 3
C++ кыйын
С 15.09.2025 по 20.12.2025
01.09.2025 08:00
2025-2026 окуу жылы
в 2025/2026 учебном году
пары с 08:00-17:30
24/7 ачык болсо
12-05-24 болгон жыйын
обед стоит 150 сом
тамак 250-300 сом
контракт 45000 сом
контракт 1 000 000 сом болуп калды
стипендия 1500
100 балл
50% студентов
в 5 аудиториях холодно
3 комнаты на 40 человек
комната на 4 человек
2-корпуста ашкана жок
1 этаж, 2-кабат
COVID-19 кезинде
IELTS-6 керек
ГОСТ-7 боюнча
Бишкек шаарында
Бишкектен алыс
Кыргызстан
Ош, Талас, Нарын
окуйбуз Нарындан келип
в группе 25 человек
нужны ещё 2 группы
тайпада 30 студент
мне 20 лет
у нас 12-13 пар
занятия 14.00-15.20
на стр. 45-46
в 2023 году
номер один в стране
кабинетов мало
аудитории тёмные
Кафедра ПОВТ
факультет ИТ
ОБЖ сабагы
КГТУ лучший
Портал иштебейт
Снова нет воды
Основа хорошая
Студентов слишком много
Экзаменов много
Часов не хватает
Готова помочь
Преподаватели объясняют понятно
Большинство преподавателей хорошие
Мугалимдер жакшы
Бардык мугалим жакшы
Биздин агай жакшы
Жаш мугалимдер керек
Куратор помогает
куратор жакшы
Декан не принимает
декан Бишкекте жок
Студенческий совет молчит
Окуу башкармалыгы кеч жооп берет
WiFi начар
интернет 100 Мбит
три раза, потом два раза
бир эки жолу айттык
one or two teachers
The library is great
Teachers are friendly
Dean listens to us
I like Physics and Math
I study at home. yes
дома собака. да
Wi-Fi 6 керек
в 10.30 начинается пара
15 минут тыныгуу
1/2 ставки
8 марта
7 апрель күнү
жашоо жакшы
"""


def pairs(table: str) -> list[tuple[str, str]]:
    return [(text, after) for line in table.splitlines() if line for text, _, after in (line.partition(" => "),)]


def shown(text: str) -> str:
    return redacted(text, REDACTOR.suggest(text), {kind: f"[{kind}]" for kind in Kind})


def test_what_names_somebody_is_marked() -> None:
    wrong = {text: got for text, after in pairs(MARKED) if (got := shown(text)) != after}
    assert wrong == {}


def test_what_every_text_speaks_of_is_left_alone() -> None:
    wrong = {text: got for text, _ in pairs(UNMARKED) if (got := shown(text)) != text}
    assert wrong == {}


def test_the_tables_are_long_enough_to_say_something() -> None:
    assert len(pairs(MARKED)) >= 80
    assert len(pairs(UNMARKED)) >= 60


def test_several_things_in_one_text_are_marked_each() -> None:
    text = "Асанов (каб. 305, 0555 12 34 56, @asanov_b) требует деньги с ПИ-21."
    assert shown(text) == "[name] ([room], [phone], [account]) требует деньги с [group]."


def test_a_person_may_keep_and_add_parts() -> None:
    text = "Асанов и тот самый"
    spans = [Span(start=9, end=18, kind=Kind.NAME)]
    assert redacted(text, spans, {Kind.NAME: "…"}) == "Асанов и …"
    assert redacted(text, [], {}) == text


@pytest.mark.parametrize("text", ["", "   ", "!!!", "<b>"])
def test_a_text_without_words_has_nothing_to_mark(text: str) -> None:
    assert REDACTOR.suggest(text) == ()


def test_a_thousand_texts_are_looked_through_in_no_time() -> None:
    texts = [f"{number} {UNMARKED[number % 900 : number % 900 + 480]}" for number in range(50)]
    started = time.perf_counter()
    for text in (*texts, "1 " * 250, "А" * 500, "нол " * 125, "a." * 250):
        REDACTOR.suggest(text)
    assert time.perf_counter() - started < 2

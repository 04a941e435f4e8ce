"""What the columns of a roster and the words in them are called at universities, in three languages.

Compared without capitals, spaces and punctuation, ё as е, Kyrgyz letters as on phones without them, look-alike letters
as what was meant (see `heading_key`). The exact English names of the columns always work.
"""

import re
from functools import lru_cache

from services.spelling import fold

_NOT_LETTERS = re.compile(r"[\W_]+")
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

#: The narrower unit of rosters that name two: taken where the wider one is empty or is not there at all.
CHAIR = "chair"

_HEADINGS = {
    "person_no": (
        "Студенттик билеттин номери", "Студенттик билет №", "Студенттик билет", "Студенттин номери", "Жеке номери",
        "Жеке номер", "Табелдик номери", "Табелдик номер", "Кызматкердин номери", "Зачёттук китепче №", "ИД",
        "Номери", "Номер студенческого билета", "Номер студенческого", "№ студенческого билета", "№ студ. билета",
        "Студ. билет", "Студенческий билет", "Номер зачётной книжки", "№ зачётной книжки", "№ зачётки",
        "Номер зачётки", "Зачётная книжка", "Табельный номер", "Табельный №", "Таб. №", "Таб. номер", "Личный номер",
        "Номер личного дела", "Код студента", "Код сотрудника", "Идентификатор", "ID", "Student ID", "Student No",
        "Student Number", "Student card", "Staff ID", "Staff No", "Employee ID", "Employee No", "Employee number",
        "Person No", "Person number", "Personnel number", "Personal number", "Number",
    ),
    "kind": (
        "Түрү", "Категориясы", "Студент же кызматкер", "Студент/кызматкер", "Статусу (студент/кызматкер)",
        "Категория", "Тип", "Вид", "Студент или сотрудник", "Студент/сотрудник", "Категория лица", "Type", "Category",
        "Student or staff", "Person type",
    ),
    "last_name": (
        "Фамилиясы", "Фамилия", "Теги", "Атынын теги", "Фамилия студента", "Last name", "Surname", "Family name",
    ),
    "first_name": (
        "Аты", "Ысымы", "Ысым", "Өз аты", "Имя", "Имя студента", "First name", "Given name", "Name", "Forename",
    ),
    "patronymic": (
        "Атасынын аты", "Атасынын ысымы", "Отчество", "Отчество студента", "Отчество (при наличии)", "Patronymic",
        "Middle name", "Fathers name", "Father name",
    ),
    "name_latin": (
        "Латын тамгалары менен", "Латынча", "Аты-жөнү латынча", "Аты-жөнү (латынча)", "Аты латынча",
        "Паспорт боюнча латынча", "ФИО латиницей", "ФИО на латинице", "Имя латиницей", "Латиница", "ФИО (лат.)",
        "ФИО лат", "ФИО англ", "ФИО на английском", "Фамилия и имя латиницей", "Latin name", "Name in Latin",
        "Name in Latin letters", "Full name in English", "Name in English", "English name", "Passport name",
    ),
    "birth_date": (
        "Туулган күнү", "Туулган датасы", "Туулган жылы, айы, күнү", "Туулган күнү, айы, жылы", "Туулган жылы",
        "Дата рождения", "День рождения", "Д.р.", "Дата рожд.", "Год рождения", "Число, месяц, год рождения",
        "Birth date", "Date of birth", "Birthday", "DOB", "Born",
    ),
    "phone": (
        "Телефону", "Телефон номери", "Тел. номери", "Байланыш телефону", "Уюлдук телефону", "Байланыш номери",
        "Телефон", "Номер телефона", "№ телефона", "Тел.", "Контактный телефон", "Мобильный телефон",
        "Сотовый телефон", "Сотовый", "Мобильный", "Контакты", "Phone", "Phone number", "Telephone", "Mobile",
        "Mobile phone", "Cell phone", "Contact number",
    ),
    "email": (
        "Электрондук почтасы", "Электрондук почта", "Электрондук дареги", "Эл. почтасы", "Эл. дареги", "Почтасы",
        "Электронная почта", "Эл. почта", "Эл. адрес", "Адрес электронной почты", "Почта", "Имейл", "E-mail", "Email",
        "Email address", "Mail",
    ),
    "unit": (
        "Бөлүмү", "Бөлүм", "Институту", "Институт", "Факультети", "Факультет",
        "Түзүмдүк бөлүм", "Түзүмдүк бөлүмү", "Структуралык бөлүм", "Жогорку мектеп", "Жогорку мектеби", "Колледж",
        "Окуу бөлүмү", "Подразделение", "Структурное подразделение", "Отдел", "Высшая школа", "Дирекция", "Деканат",
        "Место работы", "Институт/факультет", "Факультет/институт", "Unit", "Institute",
        "Faculty", "School", "College", "Division",
    ),
    CHAIR: ("Кафедрасы", "Кафедра", "Кафедранын аталышы", "Название кафедры", "Department", "Chair"),
    "programme_ky": (
        "Программасы", "Программа (кыргызча)", "Программасы (кыргызча)", "Программа кырг", "Адистиги", "Адистик",
        "Адистиги (кыргызча)", "Адистиктин аталышы", "Багыты", "Багыт", "Окуу программасы", "Билим берүү программасы",
        "Окуу багыты", "Даярдоо багыты", "Адистиги же багыты", "Программа на кыргызском", "Специальность (кырг.)",
        "Направление (кырг.)", "Программа (ky)", "Программа (кг)", "Programme in Kyrgyz", "Program in Kyrgyz",
        "Program ky",
    ),
    "programme_ru": (
        "Программа", "Программа (рус.)", "Программа рус", "Программа на русском", "Направление",
        "Направление подготовки", "Направление (рус.)", "Специальность", "Специальность (рус.)",
        "Образовательная программа", "ООП", "Профиль", "Направление/специальность", "Специальность/направление",
        "Наименование программы", "Наименование специальности", "Программа (орусча)", "Программасы (орусча)",
        "Адистиги (орусча)", "Программа (ru)", "Programme in Russian", "Program in Russian", "Program ru",
    ),
    "programme_en": (
        "Программа (англисче)", "Программасы (англисче)", "Адистиги (англисче)", "Программа (англ.)",
        "Программа англ", "Программа на английском", "Направление (англ.)", "Специальность (англ.)", "Программа (en)",
        "Programme", "Program", "Major", "Specialty", "Study programme", "Study program", "Educational programme",
        "Programme in English", "Program in English", "Program en", "Field of study",
    ),
    "course": (
        "Курсу", "Курс", "Окуу жылы (курс)", "Канчанчы курс", "Год обучения", "Курс обучения", "Номер курса",
        "Course", "Year", "Year of study", "Study year",
    ),
    "group": (
        "Тобу", "Топ", "Окуу тобу", "Академиялык тобу", "Академиялык топ", "Тайпа", "Тайпасы", "Топтун аталышы",
        "Группасы", "Группа", "Учебная группа", "Академическая группа", "Название группы", "Наименование группы",
        "Шифр группы", "Гр.", "Group", "Study group", "Academic group", "Group name", "Group code",
    ),
    "study_form": (
        "Окуу формасы", "Окуу түрү", "Окутуу формасы", "Билим алуу формасы", "Окуунун формасы", "Форма обучения",
        "Форма обуч.", "Вид обучения", "Форма", "Study form", "Form of study", "Mode of study", "Study mode",
        "Form of education",
    ),
    "funding": (
        "Каржылоо", "Каржылоосу", "Каржылоо түрү", "Бюджет же контракт", "Бюджет/контракт", "Төлөм түрү",
        "Окуу негизи", "Финансирование", "Основа обучения", "Источник финансирования", "Вид финансирования",
        "Бюджет или контракт", "Форма оплаты", "Бюджет", "Условия обучения", "Форма финансирования", "Funding",
        "Budget or contract", "Source of funding", "Tuition",
    ),
    "degree": (
        "Даражасы", "Академиялык даражасы", "Академиялык даража", "Квалификациясы", "Билим деңгээли",
        "Билим берүү деңгээли", "Степень", "Академическая степень", "Уровень образования", "Уровень подготовки",
        "Квалификация", "Уровень", "Degree", "Academic degree", "Level", "Level of study", "Qualification",
    ),
    "admission_date": (
        "Кабыл алынган күнү", "Окууга кабыл алынган күнү", "Окууга кирген күнү", "Кирген күнү", "Тапшырган күнү",
        "Дата зачисления", "Дата поступления", "Зачислен", "Зачислена", "Дата приёма", "Дата приема на работу",
        "Admission date", "Date of admission", "Enrolment date", "Enrollment date", "Date of enrolment", "Admitted",
    ),
    "expected_graduation": (
        "Бүтүрүүчү күнү", "Бүтүрө турган күнү", "Окууну бүтүрүү күнү", "Бүтүрүү күнү", "Окуунун аякташы",
        "Бүтүрүү мөөнөтү", "Дата окончания", "Дата окончания обучения", "Ожидаемый выпуск", "Плановая дата окончания",
        "Дата выпуска", "Окончание обучения", "Срок окончания", "Предполагаемая дата окончания",
        "Expected graduation", "Graduation date", "Expected graduation date", "End of studies", "Expected end",
    ),
    "admission_order": (
        "Кабыл алуу буйругу", "Буйрук", "Буйрук №", "Буйруктун номери", "Окууга кабыл алуу буйругу",
        "Кабыл алуу жөнүндө буйрук", "Приказ", "Приказ о зачислении", "Номер приказа", "№ приказа", "Приказ №",
        "Приказ о приёме", "Номер приказа о зачислении", "Admission order", "Order", "Order No", "Order number",
        "Enrolment order",
    ),
    "status": (
        "Абалы", "Статусу", "Студенттин абалы", "Статус", "Состояние", "Статус студента", "Текущий статус", "Status",
        "State", "Student status",
    ),
    "citizenship": (
        "Жарандыгы", "Жарандык", "Өлкөсү", "Гражданство", "Страна", "Подданство", "Citizenship", "Nationality",
        "Country",
    ),
    "visa_expires": (
        "Виза мөөнөтү", "Визанын мөөнөтү", "Визанын бүтүшү", "Виза бүткөн күнү", "Визасы", "Срок визы", "Виза до",
        "Окончание визы", "Срок действия визы", "Виза действительна до", "Дата окончания визы", "Виза",
        "Visa expires", "Visa expiry", "Visa valid until", "Visa until", "Visa end", "Visa",
    ),
    "registration_expires": (
        "Каттоо мөөнөтү", "Каттоонун мөөнөтү", "Каттоонун бүтүшү", "Каттоосу", "Каттоо", "Срок регистрации",
        "Регистрация до", "Окончание регистрации", "Срок действия регистрации", "Регистрация",
        "Дата окончания регистрации", "Registration expires", "Registration expiry", "Registration valid until",
        "Registration until", "Registration",
    ),
    "post_ky": (
        "Кызматы", "Кызмат орду", "Кызмат", "Кызматы (кыргызча)", "Кызмат орду (кыргызча)", "Ээлеген кызматы",
        "Должность (кырг.)", "Должность на кыргызском", "Post in Kyrgyz", "Position in Kyrgyz",
    ),
    "post_ru": (
        "Должность", "Должность (рус.)", "Должность рус", "Занимаемая должность", "Должность на русском",
        "Кызматы (орусча)", "Кызмат орду (орусча)", "Наименование должности", "Post in Russian",
        "Position in Russian",
    ),
    "post_en": (
        "Должность (англ.)", "Должность англ", "Должность на английском", "Кызматы (англисче)",
        "Кызмат орду (англисче)", "Post", "Position", "Job title", "Title", "Post in English", "Position in English",
    ),
}  # fmt: skip

_WORDS = {
    "kind": {
        "student": (
            "студент", "студентка", "студенттер", "студенты", "обучающийся", "бакалавр", "магистрант", "аспирант",
            "students",
        ),
        "staff": (
            "кызматкер", "кызматкерлер", "окутуучу", "мугалим", "сотрудник", "сотрудники", "сотрудница",
            "преподаватель", "работник", "персонал", "ппс", "employee", "teacher", "employees",
        ),
    },
    "status": {
        "active": (
            "окуйт", "окуп жатат", "окуп жаткан", "иштейт", "иштеп жатат", "активдүү", "учится", "обучается",
            "обучающийся", "работает", "активный", "активен", "действующий", "studying", "studies", "enrolled",
            "works", "working", "current",
        ),
        "leave": (
            "академиялык өргүү", "академиялык өргүүдө", "академиялык эмгек өргүүсү", "өргүүдө", "академ өргүү",
            "академический отпуск", "в академическом отпуске", "академ", "академотпуск", "в академе",
            "академ. отпуск", "в отпуске", "в декретном отпуске", "декрет", "academic leave", "on leave",
            "on academic leave",
        ),
        "expelled": (
            "четтетилген", "окуудан чыгарылган", "чыгарылган", "чыгып кеткен", "иштен бошогон", "отчислен",
            "отчислена", "отчислен(а)", "отчисленный", "исключен", "исключена", "уволен", "уволена", "dismissed",
            "excluded", "withdrawn",
        ),
        "graduated": (
            "бүтүрүүчү", "бүтүргөн", "бүтүрдү", "окууну бүткөн", "выпускник", "выпускница", "выпущен", "выпущена",
            "окончил", "окончила", "завершил обучение", "закончил", "закончила", "graduate", "alumnus", "alumna",
            "completed",
        ),
    },
    "study_form": {
        "full_time": (
            "күндүзгү", "күндүзгү окуу", "күндүзгү бөлүм", "күндүзгү форма", "очная", "очное", "очно", "дневная",
            "дневное", "очная форма", "очная форма обучения", "day", "daytime", "fulltime", "intramural",
        ),
        "part_time": (
            "сырттан", "сырткы", "сырттан окуу", "сырттан окутуу", "заочная", "заочное", "заочно",
            "заочная форма", "заочная форма обучения", "extramural", "correspondence",
             "parttime",
        ),
    },
    "funding": {
        "budget": (
            "бюджет", "бюджеттик", "бюджеттик негизде", "грант", "гранттык", "мамлекеттик грант", "бюджетная",
            "бюджетный", "бюджетное", "за счет бюджета", "гос. грант", "государственный грант", "state", "grant",
            "scholarship",
        ),
        "contract": (
            "контракт", "контракттык", "келишим", "келишимдик", "акы төлөнүүчү", "контрактная", "контрактный",
            "контрактное", "договор", "договорная", "платная", "платное", "платно", "paid", "fee paying",
            "fee-paying", "self funded",
        ),
    },
    "degree": {
        "bachelor": ("бакалавр", "бакалавриат", "бакалаврдык", "bachelors", "bachelor's", "ba", "bsc"),
        "specialist": ("специалист", "специалитет", "адис"),
        "master": ("магистр", "магистратура", "магистрант", "магистрдик", "masters", "master's", "ma", "msc"),
        "postgraduate": ("аспирант", "аспирантура"),
        "doctoral": ("докторант", "докторантура", "phd", "доктор phd"),
        "vocational_secondary": (
            "орто кесиптик", "орто кесиптик билим", "спо", "среднее профессиональное", "колледж",
        ),
        "vocational_primary": ("баштапкы кесиптик", "нпо", "начальное профессиональное"),
    },
}  # fmt: skip

#: A column of running numbers says nothing about anybody.
_RUNNING_NUMBERS = (
    "№",
    "№ п/п",
    "п/п",
    "№ п.п.",
    "Катар номери",
    "К/н",
    "Т/н",
    "#",
    "No",
    "Nr",
    "Row",
    "Номер п/п",
    "П.н.",
)


def heading_key(text: str) -> str:
    """Return what the spellings of one heading have in common."""
    return _NOT_LETTERS.sub("", fold(text))


_COLUMN_OF = {heading_key(name): column for column, names in _HEADINGS.items() for name in (*names, column)}
_VALUE_OF = {
    column: {heading_key(word): value for value, words in values.items() for word in (*words, value)}
    for column, values in _WORDS.items()
}
_IGNORED = frozenset(heading_key(name) for name in _RUNNING_NUMBERS)
_IN_A_LANGUAGE = ("_ky", "_ru", "_en")


def column_of(heading: str) -> str | None:
    """Return the column that a heading names; a note in brackets may stand behind it ("Дата рождения (дд.мм.гггг)")."""
    found = _COLUMN_OF.get(heading_key(heading))
    if found is not None or not _NOTE.search(heading):
        return found
    without = _COLUMN_OF.get(heading_key(_NOTE.sub(" ", heading)))
    return None if without is None or without.endswith(_IN_A_LANGUAGE) else without  # the note may name a language


def is_running_number(heading: str) -> bool:
    """Tell whether a heading stands over the numbers of the rows."""
    return heading_key(heading) in _IGNORED


@lru_cache(maxsize=1_024)
def value_of(column: str, word: str) -> str | None:
    """Return the value that a word of a column means."""
    return _VALUE_OF[column].get(heading_key(word))

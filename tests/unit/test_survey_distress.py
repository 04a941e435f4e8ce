"""Words of self-harm and violence: plain, colloquial, misspelt, in three languages; and what only sounds like them."""

import time

import pytest

from services.survey_answers.distress import speaks_of_distress

RUSSIAN = """
Я не хочу жить
не хочу больше жить, честно
нехочу жить
жить не хочется
мне вообще жить не хочется после этой сессии
хочу умереть
я хачу умиреть
иногда хочется просто умереть
хочется сдохнуть от всего этого
хочу здохнуть
Лучше бы я умерла
лучше бы я не родился
думаю о самоубийстве
мысли о смерти каждый день
самоубиство
само убийство
сам0убийство
с у и ц и д
СУИЦИД
суецидальные мысли
cуицид
хочу покончить с собой
покончу жизнь
пакончить с сабой
хоть в петлю лезь
повеситься хочется
я повешусь
выйти в окно
хочу прыгнуть с крыши
спрыгну с моста
режу себя
резала руки
порезать вены
наглотаться таблеток
нет смысла жить
смысла жить больше нет
зачем мне жить
устала жить
надоело жить
я так больше не могу
всем будет лучше без меня
хочу исчезнуть
хочу уснуть и не проснуться
убью себя
хочу убить себя
собираюсь уйти из жизни
умереееть хочу
меня избили в общежитии
избивают первокурсников
куратор меня ударил
он бьёт студентов по голове
меня бьют соседи по комнате
изнасиловали
сексуальное насилие
преподаватель домогается студенток
старшекурсники угрожают
Нам угрожают ножом
я убью этого преподавателя
убью декана
они хотят нас убить
хочу убить его
взорву этот универ
у него пистолет
расстрелять бы всех
над нами издеваются
hochu umeret
ne xochu jit
ne hochu zhit'
иногда думаю, что лучше вообще не жить
нет сил больше жить
я бы хотел исчезнуть навсегда
ради чего жить
мне незачем больше жить
не вижу смысла в жизни
хочу чтобы меня не было
мне уже всё равно, выживу или нет
жить незачем
задумываюсь о суициде
пыталась отравиться
напился таблеток
сброситься с крыши
шагнуть под поезд
я ненавижу свою жизнь
жизнь не имеет смысла
моя жизнь кончена
сил нет жить дальше
не хочу существовать
никому не нужен
одногруппник избил меня
старшие отбирают деньги и бьют
меня трогает преподаватель
он приставал ко мне
меня хотят побить
он меня душил
муж бьёт
отец бьёт меня
я его прибью
порежу его
сожгу этот деканат
принесу нож
убивать таких надо
хочется всех перестрелять
задолбала жизнь
хоч здохнуть
ненавижу себя
боюсь за свою жизнь
"""
KYRGYZ = """
Жашагым келбейт
жашагым такыр келбей калды
жашагым келген жок
жашагым жок
Өлгүм келет
олгум келип жатат
өлгим келет
кээде өлүп калгым келет
өлсөм экен
өлсөм жакшы болмок
өлгөнүм артык
өлүп тынсамбы, өлсөм деп ойлойм
өлөйүнчү
жашоодон тажадым
жашоодон чарчадым
ушул жашоодон кетким келет
жашоонун маңызы жок
жашоомдун мааниси калбады
жашоонун кызыгы жок
өзүмдү өлтүргүм келет
озумду олтуром
өзүмө кол салгым келет
өз өмүрүнө кол салуу
жанымды кыям
жанын кыйган студенттер бар
суицид жөнүндө ойлойм
асынып өлөм
асынгым келет
уу ичип өлгүм келди
терезеден секиргим келет
көпүрөдөн секирем
тамырымды кестим
колумду кесип жүрөм
жок болуп кетким келет
эртең ойгонбой калсам
төрөлбөй калсам болмок
мындан ары чыдай албайм
мен эч кимге керек эмесмин
эмне үчүн жашап жатам
жашай албайм
мени сабашты
жатаканада балдарды уруп жатышат
бизди токмоктошот
куратор коркутат
мени коркутуп жатышат
зомбулук бар
зордукташты
кыздарды зордуктап коркутушат
бычак көтөрүп жүрөт
мени өлтүрөм деп айтты
өлтүрүп салам
мугалимди өлтүрөм
кол көтөрдү
мугалим кол салды
жардырып жиберем
мени уруп кетишти
бизди кордошот
olgum kelet
jashagym kelbeyt
zhashagim kelbeit
өлгөнүм жакшы эле
өлүп калсам эле
өлсөмбү деп ойлойм
жашоодон кечким келет
жашоо кереги жок
жашоого кызыгуум жок
жашагым келбей жатат акыркы убакта
өзүмдү жек көрөм
өз жанымды кыйгым келет
мага жашоо керек эмес
бул дүйнөдөн кетким келет
өмүрүмдү кыйгым келет
асылып өлгүм келет
суицид кылгым келип турат
дарыларды ичип уктап калгым келет
мен өлсөм эч ким кайгырбайт
эч кимге керексизмин
чатырдан боюмду таштайм
өлтүргүм келет аны
мугалим студентти урду
кыз досумду зордуктады
эркек балдар кыздарга тийишет
жигитим мени уруп турат
коркутуп акча алышат
бычак менен коркутту
мени өлтүрүшөт
өлтүрүп коёбуз деп коркутушту
жатаканада мушташ болду
сабап кетишти
мылтык алып келем
мугалимдер студенттерди урушат
ур токмокко алышты
жанымдан тойдум
"""
ENGLISH = """
I want to die
i wanna die
i don't want to live anymore
I dont want to live
don’t want to be here anymore
I do not want to wake up
I wish I was dead
wish i had never been born
better off dead
everyone would be better off without me
I am thinking about suicide
sucide
suicidal thoughts
I want to kill myself
gonna kill my self
kms
I will end my life
I want to end it all
taking my own life
there is no reason to live
nothing to live for
no point in living
tired of living
I can't go on
I can't take this anymore
I cut myself
cutting my wrists
I hurt myself
self-harm
selfharm
overdose
I want to jump off the roof
jump out of the window
I want to disappear
I hate my life
s.u.i.c.i.d.e
they beat me in the dormitory
he was beaten by seniors
a teacher hit me
she slapped a girl, hit her
he raped a student
sexual assault
a teacher molested students
sexual harassment
I will kill him
I'm going to kill the dean
they threatened to kill me
someone threatens us
he has a gun
he carries a knife
I will shoot everyone
I will blow up this university
bomb
physical violence in the dorm
I am bullied every day
they abuse students
I don't see any reason to live
i'm done with life
life is not worth living
nobody would care if i died
i think everyone will be happier if i'm gone
i keep thinking about killing myself
I feel like ending my life
dont wanna exist
wanna kms
I tried to kill myself last month
I have been cutting myself
i want to hang myself
i took too many pills
I want to sleep and never wake up
My roommate hits me
seniors beat freshmen
he touched me inappropriately
my teacher raped me
I was molested
they will kill me
i'll stab him
someone brought a weapon
I feel unsafe, he follows me with a knife
I'm afraid he will hurt me
I want to hurt someone
I'm gonna murder my curator
someone should shoot the dean
I want to burn the dean's office down
he strangled me
no will to live
i cant live like this
kill all of them
hochetsya sdohnut
zhit ne hochetsya
ya ubyu sebya
menya izbili
olup kalgym kelet
ozumdu oltursom
jashagym kelbeit
"""
HARMLESS = """
убийственно скучно
убийственно скучные лекции
умираю со смеху
умер со смеху на лекции
умереть не встать, какой вкусный плов
живу в общежитии, всё хорошо
жить в общежитии удобно
хочу жить в общежитии
хочу учиться лучше
хочется больше практики
смысл жизни на философии объясняют хорошо
мёртвая неделя перед сессией
дохлый интернет
у нас убитые парты
аудитории убитые, стулья сломаны
дедлайны горят
мозг взрывается от матана
спортзал бомба
жизнь бьёт ключом
сделайте, чтобы окна открывались
из окна дует
крыша протекает
повесьте расписание на стену
повесить зеркало в коридоре
повысить стипендию
порезали бюджет на кружки
режут баллы за опоздание
столовая: нарезать хлеб
кружок самообороны
суд над оценками
больше вентиляции
поздно закрывают библиотеку
прибыль столовой
избирать старосту честно
удалить лишние предметы
ударение в кыргызском языке
преподаватели объясняют понятно
надоело ждать справку
устала ждать лифт
не хочу учиться в субботу
не хочу вставать рано
жилищные условия нормальные
студенческий совет живёт своей жизнью
күлүп өлүп калдык
өлүп калдым күлүп
Өлгөн-талганча окуйбуз
зеригип өлөм
сабак кызыктуу
сабакта отуруп жазабыз
олтуруп иштегенге орун жок
отургучтар эски
жашоо шартын жакшыртуу керек
жатаканада жашагым келет
жашагым келет жана окугум келет
суук болсо терезени жабыш керек
чатырдан суу тамат
көңүл буруп угуу керек
суроого колун көтөрүп жооп берет
дары-дармек пункту керек
аскана арзан болсо
тамак-аш кымбат
кесиптик сабактар көп болсо
интернет өлүп калган
окуу куралдары эскирген
куралай жаман эмес
кышкы сессия оор
эс алуу бөлмөсү керек
баарын жакшыртуу керек
спорт зал керек
exam is killing me
this exam will kill me
the deadlines are killing me
killing time between classes
dead week is too long
deadline extension please
I'm dying laughing
dying of boredom
deadly boring lectures
killer feature of the portal
improve our skills
soft skills
shooting range for sport
photo shoot at the graduation
hit the books
beat the record
cut the queue in the canteen
cut classes
hang out with friends
more places to hang coats
life on campus is great
student life is fun
I live in the dormitory
I want to live in the dormitory
the projector died
I would die for this plov
computers hang all the time
more violin lessons
the printer jumps pages
gunky floors
overkill of homework
living conditions are good
"""


def phrases(table: str) -> list[str]:
    return [line for line in table.splitlines() if line]


@pytest.mark.parametrize("table", [RUSSIAN, KYRGYZ, ENGLISH], ids=["ru", "ky", "en"])
def test_words_of_self_harm_and_violence_are_heard(table: str) -> None:
    assert [phrase for phrase in phrases(table) if not speaks_of_distress(phrase)] == []


def test_words_inside_a_long_answer_are_heard() -> None:
    around = "Мугалимдер жакшы, бирок жатаканада жылуу суу жок. " * 2
    missed = [
        phrase
        for phrase in phrases(RUSSIAN + KYRGYZ + ENGLISH)
        if not speaks_of_distress(f"{around}\n{phrase.upper()}!!! {around}")
    ]
    assert missed == []


def test_what_only_sounds_like_it_is_not() -> None:
    assert [phrase for phrase in phrases(HARMLESS) if speaks_of_distress(phrase)] == []


def test_each_table_is_long_enough_to_say_something() -> None:
    assert len(phrases(RUSSIAN + KYRGYZ + ENGLISH)) >= 250
    assert len(phrases(HARMLESS)) >= 90


def test_an_empty_answer_says_nothing() -> None:
    assert not speaks_of_distress("")
    assert not speaks_of_distress("... ?!")


def test_the_longest_answer_is_looked_through_in_no_time() -> None:
    started = time.perf_counter()
    for text in ("не хочу " * 62, "я " * 250, "а" * 500, "want to " * 62):
        speaks_of_distress(text[:500])
    assert time.perf_counter() - started < 1

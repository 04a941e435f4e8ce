"""The words of deadlines in three languages, as tables; a phrase of several words is written with underscores."""

from services.deadlines.kinds import Kind
from services.deadlines.letters import plain

#: Kyrgyz nouns whose ending tells where a span begins and where it ends.
DECLINED: dict[Kind, str] = {
    Kind.MONTH_WORD: "ай айы айга айда айдан айдын айына айында айынан айынын айлары айларында айларынын айларына",
    Kind.YEAR_WORD: (
        "ж жж жыл жылы жылга жылда жылдан жылдын жылына жылында жылынан жылынын жылдары жылдар жылдардын жылдарга "
        "жылдарында"
    ),
    Kind.DAY_WORD: (
        "күнү күнүнө күнүндө күнүнөн күнүнүн күндөрү күндөрүндө күндөрүнө күндөрүнөн күнгө числосу числосуна числого "
        "числодо"
    ),
    Kind.SEMESTER: (
        "семестр семестри семестрде семестрге семестринде семестрине семестринин семестрдин семестрден семестринен "
        "семестрлер семестрлери семестрлерде семестрлеринде семестрлердин семестрлеринин жарымжылдык"
    ),
    Kind.QUARTER: (
        "чейректин чейрекке чейректер чейректери чейректерде чейректеринде квартал кварталы кварталда кварталга "
        "кварталында кварталына кварталынын кварталдын кварталдар кварталдары кварталдарда кварталдарында "
        "кварталдардын кварталдарынын чейрек чейреги чейрегинде чейрегине чейрегинин чейректе"
    ),
    Kind.HALF_YEAR: (
        "жарым_жылдык жарым_жылдыгы жарым_жылдыгында жарым_жылдыгына жарым_жылдыгынын жарым_жылдыкта жарым_жылдыктын "
        "жарым_жылдыкка жарым_жыл жарым_жылы жарым_жылында жарым_жылына"
    ),
    Kind.HALF: "жарымы жарымында жарымына жарымынын",
    Kind.TEN_DAYS: "он_күндүк он_күндүгү он_күндүгүндө он_күндүгүнө декадасы декадасында декадасына",
    Kind.WEEK: "жумасы жумасында жумасына аптасы аптасында аптасына",
    Kind.END: "аягы аягында аягына акыры акырында акырына соңу соңунда соңуна",
    Kind.BEGINNING: "башы башында башына башынан",
    Kind.MIDDLE: "ортосуна орто_чени орто_ченинде орто_ченине ортолорунда",
}

#: Words that mean the same in every form; a Kyrgyz postposition and a Russian preposition may be one kind.
WORDS: dict[Kind, str] = {
    Kind.MONTH_WORD: "месяц месяца месяце месяцу месяцев месяцы мес м_ц month months",
    Kind.YEAR_WORD: "г гг год года году годом годы годов year years",
    Kind.DAY_WORD: "числа число числу числе",
    Kind.ACADEMIC: (
        "о_ж окуу учебный учебного учебном учебному учебных academic study school teaching академический "
        "академического академическом академиялык"
    ),
    Kind.CALENDAR: "календардык календарный календарного календарном calendar",
    Kind.SEMESTER: "семестра семестре семестру семестров семестры сем semester semesters term",
    Kind.QUARTER: "квартала квартале кварталу кварталы кварталах кварталов кв quarter quarters q",
    Kind.HALF_YEAR: "полугодие полугодия полугодии полугодию half_year half_of_the_year",
    Kind.HALF: "половина половине половину половины half",
    Kind.TEN_DAYS: "декада декады декаде декаду ten_days ten_day_period",
    Kind.WEEK: "неделя недели неделе неделю неделей week",
    Kind.FROM: "с со от from начиная_с starting_from",
    Kind.TO: "по до к ко to until till through thru upto up_to by вплоть_до в_срок_до в_срок_по due_by",
    Kind.UNTIL: "чейин дейре чейинки карата",
    Kind.BY: (
        "не_позднее не_позже не_позднее_чем не_позже_чем not_later_than no_later_than at_the_latest_by latest_by "
        "эң_кеч эң_кеч_дегенде кеч_дегенде at_latest on_or_before крайний_срок самое_позднее"
    ),
    Kind.LATEST: (
        "кечиктирбестен кечикпестен кечиктирбей кечикпей кеч_эмес кеч_калбастан кечиктирилбестен калтырбай "
        "кечиктирүүсүз кечиктирбөө_менен at_the_latest"
    ),
    Kind.BEFORE: "before prior_to ahead_of мурун мурда мурдараак мурунураак илгери алдында раньше ранее перед накануне",
    Kind.AFTER: (
        "after since following кийин соң после спустя не_ранее не_раньше not_before no_earlier_than not_earlier_than "
        "эрте_эмес onwards onward from_then_on өткөндөн_кийин"
    ),
    Kind.SINCE: "баштап тартып",
    Kind.BETWEEN: "between между ортосунда аралыгында арасында",
    Kind.AND: "жана менен ошондой_эле дагы и а_также and as_well_as",
    Kind.OR: "же или либо or болбосо",
    Kind.NOT: "не эмес not no никогда never кроме except башка тышкары without без",
    Kind.WITHIN: (
        "over entire full мезгилде ичинде ичи бою боюнда бүткүл бүтүндөй в_течение в_течении втечение втечении в_теч "
        "на_протяжении в_продолжение весь всего within during throughout whole all all_through в_период период period "
        "мезгили the_course_of in_the_course_of"
    ),
    Kind.EACH: "ар ар_бир сайын каждый каждого каждом каждую каждая каждой каждое every each per",
    Kind.TIMES: "жолу ирет раз раза times time жолудан",
    Kind.YEARLY: (
        "ежегодно ежегодный annually yearly annual ежегодной_основе annual_basis yearly_basis жыл_сайынкы жылсайын"
    ),
    Kind.QUARTERLY: (
        "ежеквартально ежеквартальный quarterly поквартально ежеквартальной_основе quarterly_basis квартал_сайынкы "
        "кварталсайын"
    ),
    Kind.MONTHLY: (
        "ежемесячно ежемесячный monthly помесячно ежемесячной_основе monthly_basis ай_сайынкы айсайын "
        "day_of_each_month day_of_every_month last_day_of_each_month last_day_of_every_month"
    ),
    Kind.SEMESTERLY: (
        "semesterly ежесеместрово посеместрово по_семестрам ар_семестр оба_семестра обоих_семестрах обоих_семестров "
        "both_semesters эки_семестрде эки_семестрде_тең эки_семестрдин_тең"
    ),
    Kind.WEEKLY: "еженедельно weekly жума_сайын апта_сайын күн_сайын ежедневно daily",
    Kind.END: "конец конца концу конце концом end close",
    Kind.BEGINNING: "начало начала началу начале beginning start early",
    Kind.MIDDLE: "середина середине середины середину mid middle",
    Kind.VAGUE: (
        "примерно около ориентировочно предварительно приблизительно болжол_менен болжолдуу болжолунда ченинде "
        "чамасында тегерегинде жакын as_soon_as_possible about around approximately approx circa tentatively "
        "tentative roughly ca"
    ),
    Kind.CONSTANT: (
        "дайыма дайым туруктуу үзгүлтүксүз ырааттуу системалуу постоянно постоянный регулярно систематически "
        "непрерывно на_постоянной_основе туруктуу_түрдө үзгүлтүксүз_түрдө дайыма_түрдө мезгил_мезгили_менен "
        "мезгили_менен permanently ongoing continuous continuously constantly regularly on_a_regular_basis "
        "on_an_ongoing_basis systematically permanent постоянная"
    ),
    Kind.SITTING: (
        "отурум отуруму отурумда отурумунда заседание заседания заседании sitting meeting session жыйын жыйыны жыйында"
    ),
    Kind.HARMLESS: (
        "в во на за in on the of at for срок сроком сроки мөөнөт мөөнөтү мөөнөтүнө deadline due date дата дата_сдачи "
        "срок_исполнения срок_сдачи аткаруу аткаруу_мөөнөтү бүтүрүү_мөөнөтү тапшыруу_мөөнөтү due_date is включительно "
        "inclusive inclusively incl вкл кошо кошкондо чейинки_мөөнөттө a an"
    ),
    Kind.ORDER: (
        "көрсөтүлгөн_тартипте белгиленген_тартипте в_установленном_порядке бекитилген_тартипте "
        "in_the_prescribed_order in_due_course in_the_prescribed_manner"
    ),
    Kind.NOTHING: (
        "срок_не_установлен срок_не_определен жок нет none мөөнөтсүз бессрочно бессрочный без_срока "
        "без_ограничения_срока no_deadline not_applicable n_a мөөнөтү_жок нет_срока indefinite чектелбеген "
        "мөөнөтү_чектелбеген чектөөсүз мөөнөт_жок открытый_срок не_указан не_указано көрсөтүлгөн_эмес "
        "without_deadline open_ended unlimited срок_не_указан мөөнөтү_көрсөтүлгөн_эмес"
    ),
    Kind.PLAN: (
        "план планы планга планына планынын планда пландын пландарына графиги графигине графикке график графигинде "
        "графика графику графиком плана плану планом планов расписание расписанию расписанием жадыбал жадыбалга "
        "жадыбалына буйрук буйрукка буйругуна буйругу приказ приказу приказа приказом schedule plan timetable "
        "calendar_plan order чечимге чечимине чечими токтом токтомго токтомуна договор договору договора договором "
        "контракт контракту решением келишим келишимге келишимине келишими мөөнөттө мөөнөттөрдө мөөнөткө "
        "мөөнөттөрүндө programme program программа программе программага программасына программасы регламент "
        "регламенту регламентке календарем календаря календарында академический_календарь академическим_календарем "
        "академическому_календарю academic_calendar учебным_календарем contract agreement решение решению решения "
        "срокам календарь календарю календарына"
    ),
    Kind.ACCORDING: (
        "ылайык боюнча негизинде согласно в_соответствии_с в_соответствии_со according_to as_per in_accordance_with "
        "in_line_with б_ча на_основании per_the under_the as_in_the ылайыктуу согласно_с"
    ),
    Kind.AS_PLANNED: (
        "көрсөтүлгөн_мөөнөттөрдө белгиленген_мөөнөттөрдө бекитилген_мөөнөттөрдө per_schedule per_plan по_графику "
        "по_плану по_расписанию по_приказу по_распоряжению по_указанию по_договору по_отдельному_плану "
        "по_отдельному_графику по_утвержденному_графику по_утвержденному_плану по_особому_графику "
        "в_установленные_сроки в_указанные_сроки в_установленный_срок в_указанный_срок в_утвержденные_сроки в_срок "
        "по_сроку мөөнөтү_боюнча мөөнөт_боюнча мөөнөтүнө_жараша as_scheduled as_planned on_schedule по_программе "
        "мөөнөтүндө белгиленген_мөөнөттө көрсөтүлгөн_мөөнөттө бекитилген_мөөнөттө өз_мөөнөтүндө по_регламенту "
        "by_schedule as_approved within_the_established_deadlines within_established_deadlines "
        "within_the_set_deadlines within_the_prescribed_period within_the_prescribed_deadlines by_the_set_deadlines "
        "по_учебному_графику по_учебному_плану on_time по_решению по_академическому_календарю по_учебному_календарю "
        "по_календарю по_срокам установленные_приказом определенные_приказом график_боюнча план_боюнча"
    ),
    Kind.FEAST: (
        "день дню днем дней_рождения day майрам майрамы майрамына праздник празднику holiday юбилей юбилею мааракеси "
        "мааракесине anniversary"
    ),
    Kind.DURING: (
        "учурунда учурда убагында маалында мезгилинде жүрүшүндө келгенде келгенде_гана болгондо болсо ченемине_жараша "
        "жараша сайын_жараша бүткөндөн бүткөндө түшкөндө чыкканда кабыл_алынганда кабыл_алууда жумушка_алууда "
        "кабыл_алганда жарыяланганда бекитилгенде аяктаганда башталганда өзгөргөндө при по_мере по_окончании "
        "по_завершении по_итогам по_результатам по_факту по_поступлении по_истечении upon when whenever once_the "
        "at_the_time_of on_completion as_soon_as depending_on в_ходе во_время перед_началом в_день в_момент "
        "on_receipt на_момент в_зависимости_от on_the_occasion_of as_and_when"
    ),
    Kind.EVENT: (
        "if_required по_мере_необходимости по_мере_поступления по_мере_надобности при_необходимости по_необходимости "
        "по_требованию по_запросу по_запросам по_заявке по_заявкам по_обращению as_needed as_required if_needed "
        "if_necessary when_needed when_necessary when_required as_necessary on_demand on_request upon_request "
        "as_requested зарылчылыкка_жараша зарылдыгына_жараша зарылчылыгына_жараша керек_болгондо керектүү_учурда "
        "зарыл_учурда зарыл_болгондо керектөөгө_жараша муктаждыкка_жараша талапка_жараша талап_боюнча "
        "суроо_талап_боюнча сурам_боюнча арыз_боюнча кайрылууга_жараша кайрылуусу_боюнча түшүүсүнө_жараша "
        "түшкөнүнө_жараша келип_түшкөндө зарылчылык_болгондо зарылчылык_жаралганда в_случае_необходимости "
        "as_the_need_arises case_by_case мүмкүнчүлүккө_жараша по_возможности келип_түшүүсүнө_жараша as_they_arrive "
        "applications_are_received requests_are_received they_are_received they_come_in on_an_as_needed_basis"
    ),
    Kind.HOUR: "саат saat час часов oclock am pm a_m p_m ч hours",
    Kind.DURATION: "күн күндүн күндө дня дней days жумушчу рабочих рабочие working сутки суток календарных",
}

#: Words that name one of several: a season by its first month, a weekday from Monday as 0, how often.
VALUED: dict[Kind, dict[int, str]] = {
    Kind.SEASON: {
        9: "күз күзү күзгү күзүндө күздө күзүнө осень осенью осени осенний осеннего осеннем autumn fall",
        12: "кыш кышкы кышында кышта зима зимой зимы зимний зимнего зимнем winter",
        3: "жаз жазгы жазында жазда весна весной весны весну весенний весеннего весеннем spring",
        6: "жай жайкы жайында жайда лето летом лета летний летнего летнем summer",
    },
    Kind.WEEKDAY: {
        0: "дүйшөмбү дүйшөнбү понедельник понедельника понедельнику пн monday mon",
        1: "шейшемби вторник вторника вторнику вт tuesday tue",
        2: "шаршемби среда среду среды среде ср wednesday wed",
        3: "бейшемби четверг четверга четвергу чт thursday thu",
        4: "жума пятница пятницу пятницы пятнице пт friday fri",
        5: "ишемби суббота субботу субботы субботе сб saturday sat",
        6: "жекшемби воскресенье воскресенья воскресенью вс sunday sun",
    },
    Kind.TIMES: {1: "once бир_жолу бир_ирет", 2: "twice эки_жолу дважды"},
}

#: How the words begin by which feasts are named; without one of them "… күнү" may be any day.
FEASTS = tuple(
    plain(
        "эне мамлекеттик билим мугалим устат жеңиш көз эгемен конституция нооруз аялдар студент тарых илим китеп "
        "балдар жаштар эл дүйнөлүк улуттук кыргыз эркин эмгек манас мекен туу айтматов космос междунар всемир "
        "национал государств родн победы знаний учител независимост конституц нооруз нурыз женск студен истори наук "
        "книг защит молод язык труда республик космонавт international world national mother teacher victory "
        "knowledge independence constitution nooruz women student history science book children youth language labour "
        "labor"
    ).split()
)

#: How the words begin that name what happens at a university, as "during the session".
EVENTS = tuple(
    plain(
        "сесси экзамен сынак зачет аккредит практик стажир каникул прием кабыл конкурс сынагы олимпиад конференц "
        "форум семинар чемпионат проверк текшер аттестац защит коргоо отпуск өргүү сабак заняти обучени окутуу выбор "
        "шайлоо ремонт оңдо строител курулуш мероприят процесс проект долбоор работ иштер кампан визит курс тренинг "
        "каттоо регистрац подготов даярд session exam test accreditation practice internship vacation holiday break "
        "admission enrol competition olympiad conference seminar championship inspection audit attestation defen "
        "leave class lesson training election repair construction event process project work campaign visit course "
        "registration preparation visa mission"
    ).split()
)

#: Which part of some work a note in brackets may name.
STAGES = frozenset(
    plain(
        "план планы отчет отчету отчета отчеттор этап этабы этапы тур туру раунд стадия часть бөлүк бөлүгү долбоор "
        "долбоору проект итог итоги жыйынтык жыйынтыгы финал биринчи экинчи plan report stage phase round part draft "
        "final interim results промежуточный итоговый аралык жыйынтыктоочу"
    ).split()
)

#: Feasts that go by one word.
NAMED_ALONE = tuple(plain("нооруз навруз наурыз nooruz nowruz navruz").split())

#: уч. г.: the letters of үч (three) on a phone without ү, told apart by the year behind them.
SHORT_FOR_ACADEMIC, BEGINS_YEAR = "уч", "г"

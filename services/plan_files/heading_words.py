"""The words of which headings of plans are made, in Kyrgyz, Russian and English, as they are spelt."""

from services.plan_files.dto import PlanField

#: Parts of words; compared without spaces and hyphens, for narrow columns break words anywhere.
PARTS: dict[PlanField, tuple[str, ...]] = {
    PlanField.NOTE: (
        "эскертүү", "эскертме", "примечани", "отметка", "отметки", "белги", "аткарылышы", "аткарылгандыгы",
        "фактическ", "статус", "status", "remark", "comment", "комментари", "кошумчамаалымат",
    ),
    PlanField.DEADLINE: (
        "мөөнөт", "срок", "deadline", "duedate", "убакты", "убагы", "мезгил", "timeline", "timeframe", "времяпровед",
        "времяисполн", "периодпровед", "периодисполн", "периодреализ", "качан", "completiondate", "өткөрүүкүнү",
        "өткөрүлгөнкүнү", "өтүүкүнү", "targetdate", "schedule", "дедлайн", "календарныйпериод", "периодичност",
    ),
    PlanField.RESPONSIBLE: (
        "ответствен", "отвествен", "исполнител", "жооптуу", "жоопкер", "аткаруучу", "responsib", "executor",
        "accountable", "implementer", "докладчи", "докладыва", "баяндамачы", "баяндоочу", "assignee", "assigned",
        "personincharge", "owner", "ктоотвеча", "ктоисполн", "ктопроводит", "ктодоклад", "leadunit", "реализующ",
        "жоопберүүчү",
    ),
    PlanField.PARTICIPANTS: (
        "участник", "катышуучу", "participant", "соисполнител", "целеваяаудитори", "audience", "охват",
    ),
    PlanField.BUDGET: (
        "бюджет", "каржы", "смета", "финанс", "каражат", "сумма", "стоимост", "budget", "funding", "расход", "чыгым",
        "тыссом", "миңсом", "financ",
    ),
    PlanField.INDICATOR: (
        "көрсөткүч", "индикатор", "показател", "indicator", "целевоезначен", "критери", "criteri", "измерител",
    ),
    PlanField.DOCUMENT: (
        "документ", "жыйынтык", "жыйынтыгы", "натыйжа", "результат", "формазаверш", "отчетн", "отчет", "outcome",
        "output", "deliverable", "result", "продукт", "evidence", "далил", "подтвержд", "завершени", "иткагазы",
        "document",
    ),
    PlanField.TASK: (
        "стратегиялык", "стратегическ", "strategic", "максат", "цель", "цели", "objective", "направлени", "багыт",
        "задач", "милдет", "приоритет", "артыкчылык",
    ),
    PlanField.TITLE: (
        "мероприяти", "ишчара", "чара", "ишаракет", "кадам", "activit", "аталыш", "наименовани", "содержани",
        "мазмун", "маселе", "вопрос", "видработ", "видыработ", "виддеятельност", "аткарылуучу", "иштинтүрү",
        "иштердин", "measure", "темасы", "agenda", "description", "действи", "запланирован", "пландалган", "повестк",
        "описани", "пункт", "поручени", "тапшырма", "кылынуучу",
    ),
}  # fmt: skip
#: Whole words that are too short, or mean too much, to be looked for inside others.
WORDS: dict[PlanField, tuple[str, ...]] = {
    PlanField.NUMBER: (
        "п/п", "пп", "no", "номер", "номери", "катар", "т/б", "р/с", "к/н", "nr", "number", "n", "иреттик",
    ),
    PlanField.NOTE: (
        "факт", "фактически", "абалы", "состояние", "state", "progress",
    ),
    PlanField.DEADLINE: (
        "due", "date", "dates", "when", "дата", "даты", "датасы", "начало", "окончание", "башталышы", "аякташы",
        "башталуусу", "аягы", "start", "end", "finish", "күнү", "айы", "ай", "айлар", "месяц", "месяцы", "период",
        "month", "period", "когда", "term", "время", "күндөрү", "year", "квартал", "чейрек",
    ),
    PlanField.RESPONSIBLE: (
        "кто", "ким", "кимдер", "who", "lead", "unit", "units", "бөлүм", "бөлүмдөр", "подразделение", "подразделения",
        "отв", "отв-й", "отв-ые", "организатор", "организаторы", "уюштуруучу", "уюштуруучулар", "organiser",
        "organisers", "organizer", "organizers", "координатор", "координаторы", "координаторлор", "coordinator",
    ),
    PlanField.BUDGET: (
        "cost", "costs", "сом", "баасы",
    ),
    PlanField.INDICATOR: (
        "kpi", "target", "targets", "кпэ",
    ),
    PlanField.TASK: (
        "goal", "goals", "раздел", "блок", "бөлүк", "section", "area", "block",
    ),
    PlanField.TITLE: (
        "task", "tasks", "action", "actions", "event", "events", "step", "steps", "title", "тема", "шаги", "шаг",
        "what", "иштер", "item", "работы", "работа", "name", "issue", "чаралар", "чара", "что", "иш",
    ),
}  # fmt: skip

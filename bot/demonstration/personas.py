"""Those one can be on the chat page: each stands for something to try."""

from bot.demonstration.leaders import LEADERS
from bot.demonstration.persona import Persona
from bot.demonstration.survey_people import SURVEY_PEOPLE
from services.access import Role
from services.languages import Language, Trilingual
from services.link_requests.dto import TypedFacts

#: Who stands in for the registrar: an employee without a Telegram account as yet.
DEPUTY = "E-1120"

PERSONAS = (
    Persona(
        telegram_id=1001,
        first_name="Айзада",
        last_name="Маматова",
        language=Language.KY,
        person_no="S-1001",
        phone="+996700001001",
        about=Trilingual(
            ky="студент, бардык маалыматы бар", ru="студентка, все данные есть", en="student, all facts known"
        ),
        advice="send the one-time code or share the phone number, order a certificate in any language",
    ),
    Persona(
        telegram_id=1002,
        first_name="Нурлан",
        last_name="Асан уулу",
        language=Language.RU,
        person_no="S-1002",
        phone="+996700001002",
        about=Trilingual(
            ky="студент, англисче маалыматы жок",
            ru="студент, нет данных на английском",
            en="student without facts in English",
        ),
        advice="send the one-time code, order a certificate in English: it says what is missing",
    ),
    Persona(
        telegram_id=1003,
        first_name="Priya",
        last_name="Nair",
        language=Language.EN,
        person_no="S-1003",
        linked=True,
        phone="+996700001003",
        about=Trilingual(ky="чет өлкөлүк студент", ru="иностранная студентка", en="student from India"),
        advice="already linked: order a certificate in English; /survey: answer in English, go back, pause",
    ),
    Persona(
        telegram_id=1004,
        first_name="Гүлнара",
        last_name="Өмүрова",
        language=Language.KY,
        person_no="S-1004",
        phone="+996700001004",
        about=Trilingual(
            ky="академиялык өргүүдөгү студент", ru="студентка в академическом отпуске", en="student on academic leave"
        ),
        advice="send the one-time code: the certificates for those on leave are there, enrolment is not",
    ),
    Persona(
        telegram_id=1005,
        first_name="Елена",
        last_name="Кузьмина",
        language=Language.RU,
        person_no="E-1005",
        linked=True,
        roles=(Role.REGISTRAR, Role.APPROVER),
        phone="+996700001005",
        about=Trilingual(
            ky="Окуу башкармалыгынын кызматкери, жарыяларды бекитет",
            ru="сотрудник учебного управления, утверждает объявления",
            en="registrar of the Study Office, approves announcements",
        ),
        advice="🗂 Desks: find people, enter what is missing, decide the waiting request, print codes, revoke; approve "
        "Бакыт's urgent announcement",
    ),
    Persona(
        telegram_id=1006,
        first_name="Бакыт",
        last_name="Токтосунов",
        language=Language.KY,
        person_no="E-1006",
        linked=True,
        roles=(Role.ADMIN,),
        phone="+996700001006",
        about=Trilingual(
            ky="боттун администратору, жарыя жазат",
            ru="администратор бота, пишет объявления",
            en="administrator of the bot, writes announcements",
        ),
        advice="/announce: write to whom you like; 🗂 Desks: send a roster file and take the import back, give roles "
        "with days and deputies; add the bot to the channel or the group below the people and register it",
    ),
    Persona(
        telegram_id=1008,
        first_name="Тилек",
        last_name="Жумабеков",
        language=Language.KY,
        person_no="S-1102",
        phone="+996700001101",
        about=Trilingual(
            ky="студент, телефону эжеси менен жалпы",
            ru="студент, телефон общий с сестрой",
            en="student who shares a phone with his sister",
        ),
        advice="share the phone number: it is not enough for him; the one-time code is",
    ),
    Persona(
        telegram_id=1009,
        first_name="Санжар",
        last_name="Калматов",
        language=Language.RU,
        asks=TypedFacts(name="Калматов Санжар", group_name="ПИ-1", person_no="S-1116"),
        about=Trilingual(
            ky="коду жок студент, Окуу башкармалыгына кайрылган",
            ru="студент без кода, обратился в учебное управление",
            en="student without a code, has asked the Study Office",
        ),
        advice="waits until the Study Office recognises him; see what he is told",
    ),
    Persona(
        telegram_id=1010,
        first_name="Эрлан",
        last_name="Турдубаев",
        language=Language.KY,
        person_no="S-1010",
        linked=True,
        phone="+996700001010",
        about=Trilingual(
            ky="сырттан окуган, иштеген студент", ru="студент-заочник, работает", en="extramural student with a job"
        ),
        advice="already linked: ask for the summons to the session, for his employer; /survey: do not take part",
    ),
    Persona(
        telegram_id=1011,
        first_name="Чолпон",
        last_name="Шаршенова",
        language=Language.RU,
        person_no="S-1011",
        linked=True,
        phone="+996700001011",
        about=Trilingual(ky="бүтүрүүчү", ru="выпускница", en="graduate"),
        advice="already linked: ask for the certificate of grades",
    ),
    Persona(
        telegram_id=1007,
        first_name="Анна",
        last_name="Лебедева",
        language=Language.RU,
        about=Trilingual(
            ky="жумуш берүүчү, маалымкат текшерет",
            ru="работодатель, проверяет справку",
            en="employer, checks a certificate",
        ),
        advice="not of the university: send a certificate's PDF or its code to have it checked",
    ),
    *LEADERS,
    *SURVEY_PEOPLE,
)

"""Rates: so much a day."""

from __future__ import annotations

from collections.abc import Mapping

from patientinfo.formats.numbers.units.names import Names

#: Words before a unit that make it a rate ("per day", "am Tag"), by language.
PER: Mapping[str, str] = {
    "en": "per a an each every",
    "nl": "per elke iedere elk ieder",
    "de": "pro je jeden jede jedes am in_der im jeder",
    "es": "por al a_la cada todos_los todas_las",
    "fr": "par chaque",
    "tr": "her",
    "uk": "на за кожні кожен кожну кожного щодня_на",
    "hi": "प्रति हर",
    "ar": "في_ال في كل لكل بال",
    "zh": "每 每个",
    "el": "την τη τον το ανά κάθε",
}

#: Words that are a rate by themselves.
RATES: Mapping[str, Names] = {
    "en": {
        "day": "daily",
        "week": "weekly",
        "month": "monthly",
        "year": "yearly annually",
        "hour": "hourly",
    },
    "nl": {
        "day": "dagelijks dagelijkse daags",
        "week": "wekelijks wekelijkse",
        "month": "maandelijks maandelijkse",
        "year": "jaarlijks jaarlijkse",
    },
    "de": {
        "day": "täglich tägliche täglichen",
        "week": "wöchentlich wöchentliche",
        "month": "monatlich monatliche",
        "year": "jährlich jährliche",
        "hour": "stündlich",
    },
    "es": {
        "day": "diario diaria diarios diarias diariamente",
        "week": "semanal semanales semanalmente",
        "month": "mensual mensuales",
        "year": "anual anuales anualmente",
    },
    "fr": {
        "day": "quotidien quotidienne quotidiennement",
        "week": "hebdomadaire",
        "month": "mensuel mensuelle",
        "year": "annuel annuelle",
    },
    "tr": {
        "day": "günde günlük",
        "week": "haftada haftalık",
        "month": "ayda aylık",
        "year": "yılda yıllık",
        "hour": "saatte",
    },
    "uk": {
        "day": "щодня щоденно щоденний",
        "week": "щотижня щотижневий",
        "month": "щомісяця",
        "year": "щороку щорічно",
        "hour": "щогодини",
    },
    "hi": {
        "day": "दिन_में प्रतिदिन रोज़ रोज़ाना दैनिक",
        "week": "हफ़्ते_में साप्ताहिक",
        "month": "मासिक",
        "year": "वार्षिक",
    },
    "ar": {
        "day": "يوميا يومي يومية",
        "week": "أسبوعيا",
        "month": "شهريا",
        "year": "سنويا",
    },
    "zh": {
        "day": "每日 每天",
        "week": "每周 每週",
        "month": "每月",
        "year": "每年",
    },
    "el": {
        "day": "ημερησίως καθημερινά",
        "week": "εβδομαδιαίως",
        "month": "μηνιαίως",
    },
}

#: Words that may say "a day" in another way than a rate does; beginnings and parts of words count.
OTHER_NAMES: Mapping[str, Names] = {
    "en": {"day": "morning evening night noon bedtime", "year": "annual"},
    "nl": {"day": "ochtend avond nacht etmaal morgen"},
    "de": {"day": "täglich morgen abend nacht", "hour": "stünd"},
    "es": {
        "day": "mañana noche tarde mañanas noches tardes cotidiano cotidiana",
        "week": "quincena",
    },
    "fr": {"day": "matin soir nuit quotidiens quotidiennes"},
    "tr": {"day": "sabah akşam gece"},
    "uk": {"day": "ранк вечор вечер ніч ноч денн"},
    "hi": {"day": "सुबह शाम रात रोज"},
    "ar": {"day": "صباح مساء ليل نهار"},
    "zh": {"day": "早 晚 天 日"},
    "el": {"day": "πρωι βραδυ καθημεριν μερα"},
}

#: "Every other day" without a word for two: twice the dose, when it is taken for "every day".
ALTERNATE: Mapping[str, Names] = {
    "en": {
        "day": "every_other_day every_second_day alternate_days",
        "week": "every_other_week every_second_week alternate_weeks",
    },
    "nl": {"day": "om_de_dag om_de_andere_dag", "week": "om_de_week om_de_andere_week"},
    "de": {"day": "jeden_zweiten_Tag jeden_2._Tag", "week": "jede_zweite_Woche jede_2._Woche"},
    "es": {
        "day": "días_alternos un_día_sí_y_otro_no un_día_sí,_otro_no un_día_sí_y_un_día_no "
        "un_día_sí,_un_día_no día_por_medio",
        "week": "semanas_alternas una_semana_sí_y_otra_no semana_por_medio",
    },
    "ar": {
        "day": "يوما_بعد_يوم يوم_بعد_يوم يوم_ويوم يوما_ويوما كل_ثاني_يوم",
        "week": "أسبوعا_بعد_أسبوع أسبوع_بعد_أسبوع كل_ثاني_أسبوع",
    },
}

#: Words before a number of hours or days that make it an interval: "every 4 hours".
EVERY: Mapping[str, str] = {
    "en": "every each",
    "nl": "elke iedere om_de per",
    "de": "alle jede jeden",
    "es": "cada",
    "fr": "toutes_les tous_les chaque",
    "ar": "كل",
    "uk": "кожні кожних",
    "hi": "हर",
    "el": "κάθε",
    "zh": "每 每隔",
}
#: Words before the hours in which so much is taken at most: "8 tablets in 24 hours", "per 24 uur".
WITHIN: Mapping[str, str] = {
    "en": "in in_a within any",
    "nl": "in binnen",
    "de": "in binnen innerhalb_von",
    "es": "en",
    "ar": "في خلال غضون",
}
#: Words that may say the same in another way; parts of words count.
APART: Mapping[str, str] = {
    "en": "apart between interval hourly daily weekly monthly yearly fortnight per once all",
    "nl": "tussen interval lijks daags eens keer maal om_het",
    "de": "abstand abständen zwischen intervall takt rhythmus lich mal einmal pro",
    "es": "intervalo entre separ por vez veces todos todas",
    "fr": "intervalle entre fois par",
    "ar": "بين فاصل فارق فترات مرة مرات",
    "uk": "між інтервал раз через щод",
    "hi": "बीच अंतर बार",
    "el": "μεταξύ διαφορά φορά φορές ανά",
    "zh": "间隔 一次 次",
}

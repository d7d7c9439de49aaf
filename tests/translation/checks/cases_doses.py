"""Rates, intervals, a dose of one, and negations one by one, in the sample's five languages."""

from __future__ import annotations

from tests.translation.checks.cases import cases

NL = {"source_locale": "nl"}
DE = {"source_locale": "de"}
ES = {"source_locale": "es"}
AR = {"source_locale": "ar"}

PER_KG = "Take 5 mg/kg."
A_DAY = "Take 2 tablets a day."
TWO = "Take 2 tablets."
EVERY = "every 4 hours"
ONE = "Take one tablet a day."
TWICE_NOT = "Do not drive and do not drink alcohol."
PART_NOT = "Not everybody needs it. Do not take it when pregnant."
NEVER = "Never give it to children without asking a doctor."
PAIN = "Take it if you feel pain."

CASES = [
    *cases(
        "units",
        True,
        ("nl", PER_KG, "Neem 5 mg."),
        ("de", "Take 5 mg/kg a day.", "Nehmen Sie 5 mg am Tag."),
        ("es", "Take 5 mg per kg.", "Tome 5 mg."),
        ("ar", PER_KG, "تناول ٥ ملغ."),
        ("en", "Neem 5 mg per kilo.", "Take 5 mg.", NL),
        ("nl", "Take 5 mg.", "Neem 5 mg/kg."),
        ("nl", A_DAY, "Neem 2 tabletten."),
        ("de", A_DAY, "Nehmen Sie 2 Tabletten."),
        ("es", A_DAY, "Tome 2 comprimidos."),
        ("ar", A_DAY, "تناول قرصين."),
        ("en", "Nehmen Sie täglich 2 Tabletten.", TWO, DE),
        ("nl", TWO, "Neem 2 tabletten per dag."),
        ("de", TWO, "Nehmen Sie täglich 2 Tabletten."),
        ("es", TWO, "Tome 2 comprimidos al día."),
        ("ar", TWO, "تناول قرصين يوميًا."),
        ("en", "Tome 2 comprimidos.", A_DAY, ES),
        ("nl", "Take 2 tablets a day for 5 days.", "Neem 5 dagen lang 2 tabletten."),
        ("es", "100 beats a minute", "100 latidos"),
        ("nl", EVERY, "4 uur lang"),
        ("de", EVERY, "4 Stunden lang"),
        ("es", EVERY, "durante 4 horas"),
        ("ar", EVERY, "لمدة أربع ساعات"),
        ("en", "كل ٤ ساعات", "for 4 hours", AR),
        ("nl", "for 4 hours", "elke 4 uur"),
        ("de", "for 4 hours", "alle 4 Stunden"),
        ("es", "for 4 hours", "cada 4 horas"),
        ("ar", "for 4 hours", "كل ٤ ساعات"),
    ),
    *cases(
        "units",
        False,
        ("nl", PER_KG, "Neem 5 mg per kilo."),
        ("de", "Take 5 mg/kg a day.", "Nehmen Sie täglich 5 mg/kg."),
        ("es", PER_KG, "Tome 5 mg por kilo de peso."),
        ("ar", PER_KG, "تناول ٥ ملغ لكل كيلوغرام."),
        ("en", "Neem 5 mg/kg.", "Take 5 mg for each kilogram.", NL),
        ("nl", "The daily dose is 2 tablets.", "De dagdosis is 2 tabletten."),
        ("de", "The daily dose is 2 tablets.", "Die Tagesdosis beträgt 2 Tabletten."),
        ("es", "Take 2 tablets every day.", "Tome 2 comprimidos todos los días."),
        ("ar", A_DAY, "تناول قرصين باليوم."),
        ("en", "Nehmen Sie täglich 2 Tabletten.", "Take 2 tablets daily.", DE),
        ("es", "Take 2 tablets every morning.", "Tome 2 comprimidos cada día por la mañana."),
        ("ar", "Take 2 tablets an hour before a meal.", "تناول قرصين قبل الأكل بساعة."),
        ("nl", "Take 2 tablets at night.", "Neem 2 tabletten voor de nacht."),
        ("de", "Rest for a day.", "Ruhen Sie sich aus."),
        ("nl", EVERY, "om de 4 uur"),
        ("de", EVERY, "im Abstand von vier Stunden"),
        ("es", EVERY, "cada cuatro horas"),
        ("ar", EVERY, "كل أربع ساعات"),
        ("en", "elke 4 uur", "4 hours apart", NL),
        ("nl", "Leave 4 hours between doses.", "Neem de doses elke 4 uur."),
        ("de", "once in 3 months", "alle 3 Monate"),
        ("nl", ONE, "Neem 1 tablet per dag."),
        ("nl", "Take one tablet 3 times a day.", "Neem 3 keer per dag 1 tablet."),
        ("de", "Take one tablet 3 times a day.", "Nehmen Sie 3-mal täglich 1 Tablette."),
        ("de", "Take 50 mg once a day.", "Nehmen Sie 1-mal täglich 50 mg."),
        ("es", "Take 50 mg once a day.", "Tome 50 mg 1 vez al día."),
    ),
    *cases(
        "numbers",
        True,
        ("nl", ONE, "Neem dagelijks tabletten."),
        ("de", ONE, "Nehmen Sie täglich."),
        ("es", ONE, "Tome pastillas cada día."),
        ("ar", ONE, "تناول أقراصًا يوميًا."),
        ("en", "Neem één tablet per dag.", "Take tablets every day.", NL),
        ("ar", "It takes 21 days.", "يستغرق واحدا وثلاثين يوما."),
        ("ar", "Take 2 tablets.", "تناول قرصًا."),
    ),
    *cases(
        "numbers",
        False,
        ("nl", ONE, "Neem dagelijks een tablet."),
        ("de", ONE, "Nehmen Sie täglich eine Tablette."),
        ("es", ONE, "Tome una pastilla al día."),
        ("ar", ONE, "تناول قرصًا يوميًا."),
        ("en", "Neem één tablet per dag.", "Take a tablet every day.", NL),
        ("de", "Take a tablet with water.", "Nehmen Sie die Tablette mit Wasser."),
        ("es", "One day it stops.", "Algún día se pasa."),
        ("ar", "It takes 21 days.", "يستغرق واحدا وعشرين يوما."),
        ("ar", "It takes 31 days.", "يستغرق واحدًا وثلاثين يومًا."),
        ("ar", "It takes 24 hours.", "يستغرق أربعًا وعشرين ساعة."),
    ),
    *cases(
        "negation",
        True,
        ("nl", TWICE_NOT, "Rijd niet en drink alcohol."),
        ("de", TWICE_NOT, "Fahren Sie nicht und trinken Sie Alkohol."),
        ("es", TWICE_NOT, "No conduzca y beba alcohol."),
        ("ar", TWICE_NOT, "لا تقد السيارة واشرب الكحول."),
        ("en", "Rijd niet en drink geen alcohol.", "Do not drive and drink alcohol.", NL),
        ("nl", PART_NOT, "Niet iedereen heeft het nodig. Neem het als u zwanger bent."),
        ("de", PART_NOT, "Nicht jeder braucht es. Nehmen Sie es, wenn Sie schwanger sind."),
        ("nl", NEVER, "Geef het aan kinderen zonder een arts te vragen."),
        ("es", NEVER, "Déselo a los niños sin preguntar a un médico."),
        ("en", "Nunca conduzca.", "Drive.", ES),
        ("nl", PAIN, "Neem het niet als u pijn voelt."),
        ("de", PAIN, "Nehmen Sie es nicht, wenn Sie Schmerzen haben."),
        ("es", PAIN, "No lo tome si siente dolor."),
        ("ar", PAIN, "لا تأخذه إذا شعرت بألم."),
        ("en", "Neem het als u pijn voelt.", "Do not take it if you feel pain.", NL),
        ("nl", "Drive.", "Rijd niet."),
    ),
    *cases(
        "negation",
        False,
        ("nl", TWICE_NOT, "Rijd niet en drink geen alcohol."),
        ("de", TWICE_NOT, "Fahren Sie nicht und trinken Sie keinen Alkohol."),
        ("es", TWICE_NOT, "No conduzca ni beba alcohol."),
        ("ar", TWICE_NOT, "لا تقد السيارة ولا تشرب الكحول."),
        ("en", "No conduzca ni beba alcohol.", "Do not drive or drink alcohol.", ES),
        ("es", "You cannot feel anything.", "No puede sentir nada."),
        ("de", "It is neither red nor sore.", "Es ist weder rot noch wund."),
        ("es", "However, it helps.", "Sin embargo, ayuda."),
        ("ar", "It lasts only 2 days.", "ولا يستمر ذلك إلا يومين."),
        ("nl", "It is painless.", "Het doet geen pijn."),
        ("de", "That is unlikely.", "Das ist nicht wahrscheinlich."),
        ("nl", "Avoid driving.", "Rijd niet."),
        ("en", "Vermijd alcohol.", "Do not drink alcohol.", NL),
        ("ar", "Do not take it unless you must.", "لا تأخذه إلا عند الضرورة."),
        ("nl", "Drive.", "Rijd."),
    ),
]

"""Words that deny only in their company, or stand for a negation of the other text."""

from __future__ import annotations

from tests.translation.checks.cases import cases

DRIVE = "Do not drive after the treatment."
EAT = "Do not eat before the treatment."
MOST = "Do not take more than two tablets a day."
FROM_GERMAN = {"source_locale": "de"}
FROM_PERSIAN = {"source_locale": "fa"}

CASES = [
    *cases(
        "negation",
        False,
        ("ar", DRIVE, "تجنّب قيادة السيارة بعد العلاج."),
        ("ar", "Avoid alcohol.", "تجنّب الكحول."),
        ("ar", "Do not smoke here.", "يُمنع التدخين هنا."),
        ("ar", MOST, "تناول قرصين في اليوم بحد أقصى."),
        ("ar", "Drink at least 2 litres a day.", "اشرب ما لا يقل عن لترين يوميًا."),
        ("ar", "I did not take the medicine.", "ما تناولت الدواء."),
        ("de", MOST, "Nehmen Sie höchstens zwei Tabletten am Tag."),
        ("de", EAT, "Kommen Sie nüchtern zur Behandlung."),
        ("de", "Do not drive and do not drink.", "Sie dürfen weder fahren noch trinken."),
        ("en", "Weder fahren noch trinken.", "Do not drive or drink.", FROM_GERMAN),
        ("nl", MOST, "Neem hooguit twee tabletten per dag."),
        ("es", "It is not safe.", "Es inseguro."),
        ("uk", "Do not smoke here.", "Курити тут заборонено."),
        ("ko", DRIVE, "치료 후에 운전하지 마십시오."),
        ("ko", DRIVE, "치료 후에 운전하지 마세요."),
        ("fa", DRIVE, "بعد از درمان رانندگی نکنید."),
        ("fa", "There is no risk.", "خطری ندارد."),
        ("en", "رانندگی نکنید.", "Do not drive.", FROM_PERSIAN),
        ("tr", EAT, "Tedaviden önce yemek yemeyin."),
        ("tr", "Leave without waiting.", "Beklemeksizin çıkın."),
        ("sv", DRIVE, "Kör inte bil efter behandlingen."),
        ("sv", "Never take it without food.", "Ta det aldrig utan mat."),
        ("sv", "There are no risks.", "Det finns inga risker."),
        ("vi", DRIVE, "Đừng lái xe sau khi điều trị."),
        ("vi", "You have not eaten.", "Bạn chưa ăn."),
        ("fr", "Take it unless you feel ill.", "Prenez-le sauf en cas de malaise."),
    ),
    *cases(
        "negation",
        True,
        ("ar", "Do not drive and avoid alcohol.", "قُد السيارة وتجنّب الكحول."),
        ("ar", "Do not take more than two. Do not drive.", "تناول قرصين بحد أقصى. قُد السيارة."),
        ("ar", "Do not do that.", "افعل ما تريد."),
        ("ar", "I did not see what you took.", "رأيت ما تناولت."),
        (
            "de",
            "Do not drive. Do not take more than two.",
            "Fahren Sie. Nehmen Sie höchstens zwei.",
        ),
        ("de", "You are not fasting.", "Sie sind nüchtern."),
        ("de", "Do not drive now.", "Sie dürfen noch fahren."),
        ("de", "You may drive and drink.", "Sie dürfen weder fahren noch trinken."),
        ("es", "It is not unsafe.", "Es inseguro."),
        ("uk", "Do not smoke; driving is forbidden.", "Куріть; керувати заборонено."),
        ("ko", "Do not drink before noon.", "정오까지 마시십시오."),
        ("fa", DRIVE, "بعد از درمان رانندگی نمایید."),
        ("en", "رانندگی نکنید.", "Drive now.", FROM_PERSIAN),
        ("tr", EAT, "Tedaviden önce yemek yiyin."),
        ("tr", "Do not take it every time.", "Her zaman almanız gerekir."),
        ("sv", DRIVE, "Kör bil efter behandlingen."),
        ("vi", DRIVE, "Hãy lái xe đúng cách sau khi điều trị."),
        ("vi", "Do not drive.", "Hãy hít không khí."),
        ("nl", "Do not take it unless you feel ill.", "Neem het, tenzij u zich ziek voelt."),
    ),
]

"""Addresses, codes, placeholders and terms."""

from __future__ import annotations

from patientinfo.translation.checks import Term
from tests.translation.checks.cases import cases

PHONE = "Call +1 202-555-0142."
MAIL = "Write to desk@clinic.example."
WEB = "See https://clinic.example/en/pain."
BOLD = "It is <strong>not</strong> safe."
HTML = {"inline": True}
LINK = 'Read <a href="urn:uuid:1">the leaflet</a>.'
LINK_EN = 'Read <a href="https://clinic.example/en/pain">the leaflet</a>.'
HELLO = "Hello {name}, %(count)s new"
NAME = {"do_not_translate": ("Uplands Physio Clinic",)}
ASK = "Ask Uplands Physio Clinic."


def glossary(target: str, *also: str) -> dict[str, object]:
    return {"glossary": (Term("trigger point", target, also), Term("point", "xyz"))}


POINT = "What is a trigger point?"

CASES = [
    *cases(
        "telephone",
        True,
        ("nl", PHONE, "Bel +1 202-555-0143."),
        ("de", "+31 20 555 1234 or 020 555 1234", "+32 20 555 1234 oder 020 555 1234"),
        ("ar", PHONE, "اتصل بنا."),
        ("uk", PHONE, "Телефонуйте +1 202-555-0124."),
        ("hi", PHONE, "+1 202-555-142 पर फ़ोन करें।"),
        ("el", "Call us.", "Καλέστε το +1 202-555-0142."),
        ("zh-hans", PHONE, "请致电 +1 202-555-0412。"),
    ),
    *cases(
        "telephone",
        False,
        ("nl", PHONE, "Bel 001 202 555 0142."),
        ("nl", "Call +31 20 123 4567", "Bel 020-123 45 67"),
        ("nl", "+31 20 555 1234 or 020 555 1234", "020-555 12 34 of +31 (0)20 555 1234"),
        ("ar", PHONE, "اتصل بالرقم ‎+١ ٢٠٢ ٥٥٥ ٠١٤٢."),
        ("uk", PHONE, "Телефонуйте +1 (202) 555-0142."),
        ("hi", PHONE, "+१ २०२-५५५-०१४२ पर फ़ोन करें।"),
        ("el", "from 12-10-2026", "από 12-10-2026"),
        ("zh-hans", "Call +44 (0)20 7946 0958", "请致电 +44 20 7946 0958"),
    ),
    *cases(
        "email",
        True,
        ("nl", MAIL, "Schrijf naar desk@kliniek.example."),
        ("ar", MAIL, "اكتب إلينا."),
        ("uk", MAIL, "Пишіть на desk@clinic.exampel."),
        ("hi", MAIL, "desks@clinic.example पर लिखें।"),
        ("el", "Write.", "Γράψτε στο desk@clinic.example."),
        ("zh-hans", MAIL, "写信至 dest@clinic.example。"),
    ),
    *cases(
        "email",
        False,
        ("nl", MAIL, "Schrijf naar Desk@clinic.example."),
        ("ar", MAIL, "اكتب إلى desk@clinic.example."),
        ("uk", MAIL, "Пишіть на desk@clinic.example."),
        ("hi", MAIL, "desk@clinic.example पर लिखें।"),
        ("el", MAIL, "Γράψτε στο desk@clinic.example."),
        ("zh-hans", MAIL, "写信至desk@clinic.example。"),
    ),
    *cases(
        "web_address",
        True,
        ("nl", WEB, "Zie https://clinic.example/nl/pijn."),
        ("ar", WEB, "انظر الموقع."),
        ("uk", WEB, "Див. https://clinik.example/uk/pain."),
        ("hi", WEB, "https://clinic.example/hi/pane देखें।"),
        ("el", "See.", "Δείτε www.clinic.example"),
        ("zh-hans", WEB, "请见 https://clinic.example/zh-hans/pian。"),
    ),
    *cases(
        "web_address",
        False,
        ("nl", WEB, "Zie clinic.example/nl/pain"),
        ("ar", WEB, "انظر https://clinic.example/ar/pain."),
        ("uk", WEB, "Див. https://clinic.example/en/pain.".replace("/en/", "/uk/")),
        ("hi", WEB, "https://clinic.example/hi/pain देखें।"),
        ("el", "e.g. knees", "π.χ. τα γόνατα"),
        ("zh-hans", WEB, "请见https://clinic.example/zh-hans/pain。"),
        ("nl", WEB, "Zie https://clinic.example/en/pain."),  # no such page in Dutch
        ("ar", WEB, "انظر clinic.example/en/pain."),
    ),
    *cases(
        "inline_codes",
        True,
        ("nl", BOLD, "Het is niet veilig.", HTML),
        ("ar", BOLD, "هذا <strong>غير</strong> <em>آمن</em>.", HTML),
        ("uk", BOLD, "Це <strong>не безпечно.", HTML),
        ("hi", BOLD, "यह <strong></strong> सुरक्षित नहीं है।", HTML),
        ("el", LINK, 'Διαβάστε <a href="urn:uuid:2">το φυλλάδιο</a>.', HTML),
        ("zh-hans", BOLD, "这<em>不</em>安全。", HTML),
        ("nl", BOLD, "Het is <strong><em>niet</strong></em> veilig.", HTML),
        ("nl", BOLD, "Het is <strong>niet</strong> <u>veilig</u>.", HTML),
        ("nl", LINK_EN, 'Lees <a href="https://clinic.example/de/pain">de folder</a>.', HTML),
        ("nl", LINK_EN, f"Lees {LINK_EN[5:-1]}; {LINK_EN[5:]}", HTML),
    ),
    *cases(
        "inline_codes",
        False,
        ("nl", BOLD, "Het is <b>niet</b> veilig.", HTML),
        ("ar", BOLD, "هذا <strong>غير</strong> آمن.", HTML),
        ("uk", LINK, 'Читайте <a href="urn:uuid:1">брошуру</a>.', HTML),
        ("hi", BOLD, "यह सुरक्षित <strong>नहीं</strong> है।", HTML),
        ("el", LINK, 'Διαβάστε <a href="urn:uuid:1">το φυλλάδιο</a>.', HTML),
        ("zh-hans", "x<br>y", "甲<br>乙", HTML),
        ("nl", LINK_EN, 'Lees <a href="https://clinic.example/en/pain">de folder</a>.', HTML),
        ("ar", LINK_EN, 'اقرأ <a href="https://clinic.example/en/pain">النشرة</a>.', HTML),
        ("de", LINK_EN, 'Lies <a href="https://clinic.example/de/pain">das Blatt</a>.', HTML),
        ("nl", "1 &lt; 2", "1 &lt; 2", HTML),
        ("nl", "a <b> is a tag", "een <b> is een code"),
    ),
    *cases(
        "inline_order",
        True,
        *[
            (locale, "<em>a</em><strong>b</strong>", f"<strong>{x}</strong><em>{y}</em>", HTML)
            for locale, x, y in [
                ("nl", "x", "y"),
                ("ar", "س", "ص"),
                ("uk", "х", "у"),
                ("hi", "क", "ख"),
                ("el", "χ", "ψ"),
                ("zh-hans", "甲", "乙"),
            ]
        ],
    ),
    *cases(
        "inline_order",
        False,
        *[
            (locale, "<em>a</em><strong>b</strong>", f"<em>{x}</em><strong>{y}</strong>", HTML)
            for locale, x, y in [
                ("nl", "x", "y"),
                ("ar", "س", "ص"),
                ("uk", "х", "у"),
                ("hi", "क", "ख"),
                ("el", "χ", "ψ"),
                ("zh-hans", "甲", "乙"),
            ]
        ],
        ("nl", "<em>a</em><strong>b</strong>", "<strong>x</strong>", HTML),
    ),
    *cases(
        "placeholders",
        True,
        ("nl", HELLO, "Hallo {naam}, %(count)s nieuwe"),
        ("ar", HELLO, "مرحبًا {name}"),
        ("uk", HELLO, "Вітаємо, {name}, %(count)d нових"),
        ("hi", HELLO, "नमस्ते {name}, %(गिनती)s नए"),
        ("el", "Hello", "Γεια σου {name}"),
        ("zh-hans", "Hello {{ name }}", "你好"),
    ),
    *cases(
        "placeholders",
        False,
        ("nl", HELLO, "%(count)s nieuwe, {name}"),
        ("ar", HELLO, "مرحبًا {name}، %(count)s جديدة"),
        ("uk", "Hello %s", "Вітаємо, %s"),
        ("hi", "Hello {{name}}", "नमस्ते {{name}}"),
        ("el", "Hello {0}", "Γεια σου {0}"),
        ("zh-hans", HELLO, "{name}，您好，有%(count)s条"),
        ("nl", "100% sure", "100% zeker"),
    ),
    *cases(
        "do_not_translate",
        True,
        ("nl", ASK, "Vraag de Hooglandkliniek.", NAME),
        ("ar", ASK, "اسأل عيادة المرتفعات.", NAME),
        ("uk", ASK, "Запитайте клініку.", NAME),
        ("hi", ASK, "क्लिनिक से पूछें।", NAME),
        ("el", ASK, "Ρωτήστε την κλινική.", NAME),
        ("zh-hans", ASK, "询问诊所。", NAME),
    ),
    *cases(
        "do_not_translate",
        False,
        ("nl", ASK, "Vraag het Uplands Physio Clinic.", NAME),
        ("ar", ASK, "اسأل Uplands Physio Clinic.", NAME),
        ("uk", ASK, "Запитайте Uplands Physio Clinic.", NAME),
        ("hi", "Ask us.", "हमसे पूछें।", NAME),
        ("el", ASK, "Ρωτήστε την Uplands Physio Clinic.", NAME),
        ("zh-hans", ASK, "询问Uplands Physio Clinic。", NAME),
    ),
    *cases(
        "glossary",
        True,
        ("nl", POINT, "Wat is een drukpunt?", glossary("triggerpoint")),
        ("ar", POINT, "ما هي نقطة الضغط؟", glossary("نقطة الزناد")),
        ("uk", POINT, "Що таке больова точка?", glossary("тригерна точка")),
        ("hi", POINT, "दर्द बिंदु क्या है?", glossary("ट्रिगर पॉइंट")),
        ("el", POINT, "Τι είναι ένα σημείο πίεσης;", glossary("σημείο πυροδότησης")),
        ("zh-hans", POINT, "什么是痛点？", glossary("触发点")),
    ),
    *cases(
        "glossary",
        False,
        ("nl", "Trigger points", "Triggerpoints", glossary("triggerpoint")),
        ("de", "trigger point therapy", "Triggerpunktbehandlung", glossary("Triggerpunkt")),
        ("ar", POINT, "ما هي نقاط الزناد وبنقطة الزناد؟", glossary("نقطة الزناد")),
        ("uk", POINT, "Про тригерні точки", glossary("тригерна точка")),
        ("hi", POINT, "ट्रिगर पॉइंट क्या है?", glossary("ट्रिगर पॉइंट")),
        ("el", POINT, "Τι είναι τα σημεία πυροδότησης;", glossary("σημείο πυροδότησης")),
        ("zh-hans", POINT, "什么是激痛点？", glossary("触发点", "激痛点")),
        ("nl", "appointments", "afspraken", glossary("triggerpoint")),
    ),
]

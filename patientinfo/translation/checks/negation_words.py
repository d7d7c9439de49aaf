"""Words that deny, by language: what the check of negations looks for."""

from __future__ import annotations

import re

#: Words that deny, in every form. A star stands for any ending.
WORDS = {
    "en": "no not never none nor neither nothing nobody nowhere cannot without unless",
    "nl": "niet niets niks nooit nergens niemand geen noch nee zonder tenzij",
    "de": "nicht nichts nie niemals niemand* nirgends kein* weder nein ohne nichts",
    "es": "no ni nunca jamás nada nadie ningun* ningún tampoco sin",
    "fr": "ne n pas jamais rien aucun* personne ni non sans nul nulle",
    "pt": "não nem nunca jamais nada ninguém nenhum* sem",
    "it": "non né mai niente nulla nessun* senza no",
    "pl": "nie ani nigdy nic nikt żaden żadn* bez",
    "uk": "не ні ніколи нічого ніхто ніщо ані жоден жодн* без немає нема неможна",
    "ru": "не ни никогда ничего никто нет без нельзя",
    "el": "δεν δε μην μη όχι ποτέ τίποτα κανεν* χωρίς ούτε",
    "hi": "नहीं न ना मत बिना कभी",
    "ar": "لا لم لن ليس* لست لسنا ألا لئلا غير بدون دون عدم بلا ولا فلا كلا أبدا مطلقا",
    "he": "לא אין אל בלי ללא אף",
    "fa": "نه نیست* بدون هرگز هیچ نباید* نمی* نکن* نکرد* ندار* نداشت* نشو* نشد* نباش* نبود* نخور* "
    "نگیر* ننوش* ندهید نروید نزنید نگذارید نپوشید نبرید نرانید نخواهید نخواهد ننمایید",
    "sv": "inte aldrig utan ingen inga inget ingenting nej ej icke varken",
}  # fmt: skip
#: Languages that deny within a word, or without spaces, or with words that deny in some company
#: only: patterns on the plain text. Of one with a group the place is that of the group.
PATTERNS = {
    "en": r"\b\w+n['’]t\b",
    "de": r"\bweder\b[^.!?\n]*?\b(noch)\b",
    "ar": r"\b[وف]?(?:لا|لم|لن|ليس\w*|بدون|بلا|دون|غير|عدم)\b|\b(?:ب|ل|من )(?:غير|عدم|دون)\b",
    "tr": r"\b(?!tamam)(?:değil\w*|yok\w*|hayır|asla|hiç\w*|ne\s(?!zaman|kadar|var\b|olur)|olmadan"
    r"|\w+s[ıiuü]z\w*|\w+m[ae](?:[dz]|y(?!(?:[ıiae]|l[ae])\b)|m(?![ıi]z)|s[ıi]n(?:l[ae]r)?\b)\w*"
    r"|\w+m[ae]ks[ıi]z[ıi]n|\w+m[ae](?=\s*(?:[.!]|$))|\w+m[ıiuü]yor\w*)\b",
    "vi": r"\b(?:không(?!\s+khí)|chưa|đừng|chớ|chẳng)\b(?!\s*\?)",
    "zh": "[不没沒無无未勿别別非莫]|禁止|避免",
    "ja": "ない|なく|なかっ|ません|ずに|無|不|禁止",
    "ko": r"않|안 |못|없|아니|말|(?<!까)지\s?마(?:십시오|세요|시오|시기|라)",
    "fi": r"\b(?:ei|en|et|emme|ette|eivät|älä|älkää|ilman|\w+m(?:atta|ättä))\b",
    "hu": r"\b(?:nem|ne|nincs\w*|soha|semmi\w*|sem|nélkül)\b",
}
#: What a match of such a pattern has in it, where that is much quicker to look for.
PARTS_OF_PATTERNS = {
    "en": re.compile("['’]t", re.IGNORECASE),
    "de": re.compile("weder", re.IGNORECASE),
}
#: Of the languages in which negations are counted: words that strengthen or carry on another one
#: ("no … nunca", "noch … noch", "لا … ولا"). Behind another they answer one, and nobody misses
#: them.
ECHOES = {
    "en": "nor",
    "nl": "noch",
    "de": "noch",
    "es": "ni nunca jamás nada nadie ningun* tampoco",
    "ar": "ولا فلا",
}
#: Words that may be a negation: they answer one, and a word of `WEAK` answers them.
UNSURE = {
    "en": "unless",
    "nl": "tenzij",
    "de": "",
    "es": "",
    "ar": "ألا لئلا كلا غير أبدا مطلقا",
}
#: Phrases that deny nothing.
HARMLESS = {
    "en": r"\bno\.|\bwhy not\b|\bno doubt\b|\bnot only\b|\bnonetheless\b",
    "nl": r"\bniet alleen\b|\bniettemin\b",
    "de": r"\bnicht nur\b|\bohne weiteres\b|\bnichtsdestotrotz\b",
    "es": r"\bsin embargo\b|\bno obstante\b|\bno s[oó]lo\b",
    "ar": r"\bليس فقط\b|\bلا سيما\b|\bلا بد\b|\bلا يزال\b",
}
#: Words that another language may put as a negation. A star stands for any beginning or ending.
WEAK = {
    "en": "un* in* im* ir* dis* non* *less avoid* stop* fail* refus* lack* free rare* hardly "
    "little few fewer except instead rather than until before too prevent* miss* absen* "
    "deny den* forbid* wrong* bad* although despite against cease* off out other but empty poor* "
    "exclud* skip* leav* remain* still idle end* optional trouble otherwise else null zero only "
    "least",
    "nl": "on* in* *loos *loze vermijd* stop* weiger* zelden nauwelijks weinig behalve slechts "
    "alleen tot voordat dan maar voorkom* verbo* mis* vrij ontbre* afwezig* uit anders",
    "de": "un* in* miss* *los *lose *losen *frei *freie *freien vermeid* meid* stopp* kaum selten "
    "wenig* außer statt nur bis bevor als sondern verhinder* verbiet* verboten fehl* mangel* aus "
    "denn sonst",
    "es": "in* im* des* dis* evit* dej* falt* apenas rara poco pocas pocos salvo excepto solo "
    "sólo hasta antes pero sino impid* impedir prohib* libre* ausen* menos contrario",
    "ar": "تجنب* يتجنب* امتنع* توقف* تعذر* يتعذر* نادرا قليل* سوى فقط حتى قبل الا خال* "
    "منع* يمنع* ممنوع* فقد* نقص* كف*",
}  # fmt: skip
#: Words that answer a negation of the other text ("do not drive" as "avoid driving", "not more
#: than" as "at most") and are never asked for themselves, for they can be put in too many ways.
#: Where both texts have one, it answers the other one and nothing else.
ANSWERS = {
    "en": "avoid* refrain* abstain* forbidden prohibited unsafe fasting maximum",
    "nl": "vermijd* mijd* verboden hooguit hoogstens maximaal maximale maximum nuchter* onveilig*",
    "de": "vermeid* meid* verzicht* verboten untersagt höchstens maximal* maximum nüchtern* "
    "unsicher*",
    "es": "evit* absteng* absten* prohib* máxim* ayunas insegur*",
    "fr": "évit* absten* interdit* maximum maximal* jeun",
    "pt": "evit* absten* proib* máxim* jejum insegur*",
    "it": "evit* asten* vietat* proibit* massim* digiuno",
    "sv": "undvik* avstå förbju* högst max* fastande osäker* sakna*",
    "pl": "unika* zabroni* zakaz* najwyżej maksymaln* czczo",
    "uk": "уник* утрим* заборон* щонайбільше максим* натще неможлив* недоступн* відсутн*",
    "ru": "избега* воздерж* запре* максим* натощак",
    "ar": "تجنب* وتجنب* فتجنب* يتجنب* بتجنب* امتنع* وامتنع* الامتناع بالامتناع يمنع* ويمنع* ممنوع* "
    "يحظر* محظور* صائم*",
    "he": "הימנע* להימנע אסור*",
    "fa": "ممنوع* اجتناب* پرهیز* خودداری ناشتا حداکثر",
    "tr": "kaçın* sakın* yasak*",
}  # fmt: skip
#: Those that only their company tells, and of languages without spaces. The Arabic `ما` denies
#: before a verb of the past where it begins a clause; elsewhere it is "what" or "that".
ANSWERS_BY_PATTERN = {
    "en": r"\bat (?:the )?most\b",
    "ar": r"(?:^|[.!؟،؛:]\s*)و?ما\s+(?!هو\b|هي\b|زال)(?:\w{2,}(?:ت|نا|وا)|كان)\b(?![^.!\n]*؟)"
    r"|\b(?:[بك]حد|الحد) (?:أ|ا|الأ|الا)قصى\b",
    "tr": r"\ben (?:fazla|çok)\b",
    "vi": r"\b(?:tránh|cấm|tối đa|nhịn)\b",
    "ja": "避け|控え|最大",
    "ko": "금지|금하|피하|삼가|최대",
}

"""
The small words of some languages, by which a text can be told from one in another.

Words that two of these languages share (`de`, `en`, `die`, `la`) are left to both: what counts is
how many more of one language there are. Case, accents and Arabic vowel signs do not count.

Near languages have letters, too, that the other never has.
"""

from __future__ import annotations

from patientinfo.formats.numbers.words.tokens import fold_word

_WORDS = {
    "en": (
        "the of and to in is it you that he was for on are with as his they be at this have "
        "from or had by but what some we can out other were all your when up use how she "
        "which do their if will each about many then them would so these her him has more "
        "could my than been who its now did may should because there after before any not"
    ),
    "nl": (
        "de het een en van in is dat op te zijn met voor niet aan er om ook als dan bij of "
        "uit nog naar heeft hij ze wij u uw door over zich maar kunt kan wordt worden deze "
        "dit die wat geen meer veel moet zal na tot wel hebben hebt ik je haar hun waar hoe "
        "omdat s"
    ),
    "de": (
        "der die das und in zu den mit von für auf ist im dem nicht ein eine einer eines als "
        "auch es an werden aus er hat dass sie nach wird bei einem einen um am sind noch wie "
        "über so zum war haben nur oder aber vor zur bis mehr durch man kann sich ihr ihre "
        "ihren wenn was keine sehr"
    ),
    "es": (
        "de la que el en y a los se del las un por con no una su para es al lo como más o "
        "pero sus le ya este sí porque esta entre cuando muy sin sobre también me hasta hay "
        "donde quien desde todo nos durante todos uno les ni contra otros ese eso puede son "
        "está si usted qué ha han he fue ser sea debe deben cada tiene tienen pueden están "
        "sido según antes tras esto esa"
    ),
    "ar": (
        "في من على إلى عن أن هذا هذه التي الذي ما لا كان كانت قد أو ثم بعد قبل مع كل بين هو "
        "هي هم إذا عند لم لن حتى كما غير أي ذلك تلك بعض أيضا يمكن يكون تكون منذ عليك لديك لك "
        "به بها فيه فيها منه منها"
    ),
    "fr": (
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se "
        "ce il sont avec son aux d l s n qu vous votre vos ou si leur y dont même tout nous "
        "sa fait été aussi être cette ces peut elle après sans très comme mais on lui avant"
    ),
    "pt": (
        "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi "
        "ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela "
        "até isso ela entre depois sem mesmo aos ter seus quem esse eles estão você essa num "
        "suas qual nós deve pode deste esta este são você foram ainda antes após seja lhe"
    ),
    "it": (
        "di e il la che in a per un è del non con una i della da le si al sono dei più nel lo "
        "gli alla ha come anche o ma se delle questo essere dal ci nella suo dopo questa sua "
        "su tra tutti può deve quando degli dalla sui sul prima senza alle ai ad ed cui quello "
        "molto ogni solo perché lei loro ancora essere stato stata hai"
    ),
    "tr": (
        "ve bir bu da de için ile çok ne gibi daha olarak kadar var ama sonra en mi mı ya olan "
        "her ben biz siz değil şu ki veya ise ancak olabilir olur önce sizin size bunu hiç "
        "nasıl neden eğer yok bile üzere göre kendi bazı tüm olduğu olduğunu olması yeni "
        "tarafından lütfen edin sonra hem aynı başka"
    ),
    "pl": (
        "i w nie na się z do że jest to o jak po co za od dla przez przed może są tym być ale "
        "go już tak czy pod ten tego lub oraz które który która by było bez także jego jej ich "
        "pan pani aby jeśli gdy tylko przy każdy można należy więcej bardzo ze we nad tej tych "
        "ta te tę ma u"
    ),
    "uk": (
        "і в у на не що з та до за як це для або якщо від по про може можна ви ваш ваша ваші "
        "вам вас він вона вони його її їх є був була було були буде бути цей ця ці той але "
        "також після перед під час при якого який яка які тому коли де ще вже лише тільки "
        "більше дуже без над між чи щоб потрібно має мають й із зі усі всі"
    ),
    "ru": (
        "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по "
        "только ее было вот от меня еще нет о из ему когда даже если уже или ни быть был него "
        "до вас вам ей может они тут где есть надо для мы их чем была без чего тоже под будет "
        "кто этот того потому этого какой после это эта эти также при ваш ваша ваши можно"
    ),
    "fa": (
        "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز شده می باید شما یا اگر "
        "آنها ما هر چه پس شود کند کنید دارد بود باشد شد های ها بین پیش هیچ نیست دیگر بیش بسیار "
        "وی اما بعد قبل همه نمی توانید کردن شدن است"
    ),
}
PROFILES = {
    language: frozenset(fold_word(word) for word in words.split())
    for language, words in _WORDS.items()
}

#: For some languages, letters that they never have, and the near languages that have them.
OTHERS_LETTERS: dict[str, tuple[str, str]] = {
    "ar": ("پچژگکیےہ", "fa/ur"),
    "es": ("ãõç", "pt"),
    "ru": ("іїєґ", "uk"),
    "uk": ("ыэъё", "ru"),
}

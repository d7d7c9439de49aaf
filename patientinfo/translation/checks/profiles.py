"""
The small words of some languages, by which a text can be told from one in another.

Words that two of these languages share (`de`, `en`, `die`, `la`) are left to both: what counts is
how many more of one language there are. Case, accents and Arabic vowel signs do not count.
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
        "omdat"
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
        "está si usted qué"
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
}
PROFILES = {
    language: frozenset(fold_word(word) for word in words.split())
    for language, words in _WORDS.items()
}

"""All checks, in the order in which a translator reads their findings."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from patientinfo.translation.checks.addresses import (
    check_email,
    check_telephone,
    check_web_address,
)
from patientinfo.translation.checks.base import Check, Context, Finding, Term
from patientinfo.translation.checks.characters import check_forbidden_characters
from patientinfo.translation.checks.codes import (
    check_inline_codes,
    check_inline_order,
    check_placeholders,
)
from patientinfo.translation.checks.language import check_language, check_script
from patientinfo.translation.checks.leftovers import check_left_names, check_left_words
from patientinfo.translation.checks.negation import check_negation
from patientinfo.translation.checks.numbers import check_numbers, check_percentages, check_units
from patientinfo.translation.checks.order import check_number_order
from patientinfo.translation.checks.punctuation import check_end_punctuation
from patientinfo.translation.checks.sameness import check_identical, check_untranslated
from patientinfo.translation.checks.style import check_doubled_words, check_length
from patientinfo.translation.checks.terms import check_do_not_translate, check_glossary

BLOCKING, ADVISORY = True, False


def _example(
    source: str, target: str, locale: str = "nl", inline: bool = True, **terms: tuple[str, ...]
) -> Context:
    """A translation from English in which a check finds something."""
    return Context(source, target, "en", locale, inline, do_not_translate=terms.get("keep", ()))


_ALL = (
    Check(
        "untranslated", check_untranslated, BLOCKING, _("Not translated"),
        _("No translation at all, or a sentence of the source, or a part of one, left in it."),
        _example("Drink plenty of water.", "Drink plenty of water."),
    ),
    Check(
        "numbers", check_numbers, BLOCKING, _("Numbers"),
        _("A number, date or time of day that is missing, added or changed, in figures or in "
          "words, by its value; and a range that runs backwards."),
        _example("It lasts 1 to 2 days.", "يستمر ذلك من يوم إلى ثلاثة أيام.", "ar"),
    ),
    Check(
        "units", check_units, BLOCKING, _("Units and doses"),
        _("A number with another unit or without its unit; and a rate or an interval (“a day”, "
          "“/kg”, “every 4 hours”) that is missing, added or another."),
        _example("Take 5 mg a day.", "Neem 5 g per dag."),
    ),
    Check(
        "percentages", check_percentages, BLOCKING, _("Percentages"),
        _("A percentage that is missing, added, changed, or has lost its sign."),
        _example("It helps 80% of people.", "Es hilft 80 von allen Menschen.", "de"),
    ),
    Check(
        "number_order", check_number_order, ADVISORY, _("Order of numbers"),
        _("Two numbers that changed places, of one unit or without one."),
        _example("Take 10 mg first, then 20 mg.", "Neem eerst 20 mg, daarna 10 mg."),
    ),
    Check(
        "telephone", check_telephone, BLOCKING, _("Telephone numbers"),
        _("A telephone number that is not the same, whatever its digits and spaces; its national "
          "and its international form are the same."),
        _example("Call +44 20 7946 0958.", "Llame al +44 20 7946 0985.", "es"),
    ),
    Check(
        "email", check_email, BLOCKING, _("E-mail addresses"),
        _("An e-mail address that is missing, added or changed."),
        _example("Write to desk@clinic.example.", "Пишіть на desk@clinik.example.", "uk"),
    ),
    Check(
        "web_address", check_web_address, BLOCKING, _("Web addresses"),
        _("A web address that is missing, added or changed; a part of it may name the language."),
        _example("See clinic.example/en/pain.", "Zie clinic.example/nl/pijn."),
    ),
    Check(
        "inline_codes", check_inline_codes, BLOCKING, _("Inline codes and links"),
        _("Bold, italic and links that are missing, added, not closed, or lead elsewhere."),
        _example("It is <strong>not</strong> safe.", "Het is niet veilig."),
    ),
    Check(
        "inline_order", check_inline_order, ADVISORY, _("Order of inline codes"),
        _("Inline codes that stand in another order than in the source."),
        _example("<em>One</em> and <strong>two</strong>", "<strong>Twee</strong> en <em>een</em>"),
    ),
    Check(
        "placeholders", check_placeholders, BLOCKING, _("Placeholders"),
        _("A placeholder that is missing, added or spelt in another way."),
        _example("Hello {name}", "Hallo {naam}", inline=False),
    ),
    Check(
        "do_not_translate", check_do_not_translate, BLOCKING, _("Words not to be translated"),
        _("A name that stays as it is and is not in the translation."),
        _example("Ask Uplands Physio Clinic.", "Frag die Hochland-Praxis.", "de",
                 keep=("Uplands Physio Clinic",)),
    ),
    Check(
        "glossary", check_glossary, ADVISORY, _("Glossary"),
        _("A term of the glossary whose approved translation is not there, in any of its forms."),
        Context("What is a trigger point?", "Was ist ein Druckpunkt?", "en", "de", inline=False,
                glossary=(Term("trigger point", "Triggerpunkt"),)),
    ),
    Check(
        "identical", check_identical, ADVISORY, _("The same as the source"),
        _("A short text that is the same in both languages; it may be a name."),
        _example("Dry needling", "Dry needling", inline=False),
    ),
    Check(
        "script", check_script, BLOCKING, _("Wrong script"),
        _("Text or a phrase in letters that are not those of the language, and words that mix "
          "letters that look alike."),
        _example("Rest after the treatment.", "Istarih ba'd al-ilaj.", "ar"),
    ),
    Check(
        "left_words", check_left_words, BLOCKING, _("Words left in another script"),
        _("A word of the source that stands in the translation in the source’s letters: one of "
          "four letters or more, or a small word like “not”. What stands in brackets or quotes, "
          "symbols, abbreviations and approved terms are left alone."),
        _example("Drink plenty of water.", "اشرب الكثير من الـ water.", "ar"),
    ),
    Check(
        "left_names", check_left_names, ADVISORY, _("Names left in another script"),
        _("The same of a word with a capital, which may be a name; names of rights holders and "
          "contacts are known."),
        _example("Dr Vermeer is here.", "Vermeer тут.", "uk"),
    ),
    Check(
        "language", check_language, BLOCKING, _("Wrong language"),
        _("Text whose small words, or whose letters, are those of another language; short texts "
          "are skipped."),
        _example("The needle is very thin and you should not feel it.",
                 "Die Nadel ist sehr dünn und Sie sollten sie nicht spüren."),
    ),
    Check(
        "forbidden_characters", check_forbidden_characters, BLOCKING, _("Forbidden characters"),
        _("Control characters, invisible spaces, private and replacement characters, marks of "
          "direction without a partner; joiners where the script needs none."),
        _example("Rest.", "Rust\u200b uit."),
    ),
    Check(
        "negation", check_negation, ADVISORY, _("A “not” that is gone or added"),
        _("The source has “not”, “never”, “without” more often than the translation, or only the "
          "translation has it."),
        _example("Do not drive after the treatment.", "Rijd auto na de behandeling."),
    ),
    Check(
        "end_punctuation", check_end_punctuation, ADVISORY, _("Punctuation"),
        _("Another mark at the end than in the source, a mark of another script, a Spanish "
          "question without its first mark."),
        _example("What is it?", "ما هو?", "ar"),
    ),
    Check(
        "doubled_words", check_doubled_words, ADVISORY, _("Doubled words"),
        _("A word that stands twice in a row."),
        _example("The needle is thin.", "De naald is is dun."),
    ),
    Check(
        "length", check_length, ADVISORY, _("Length"),
        _("A translation much shorter or longer than its script makes likely."),
        _example("The needle is very thin, much thinner than a hollow needle.", "Dunne naald."),
    ),
)  # fmt: skip

CHECKS: dict[str, Check] = {check.name: check for check in _ALL}


def run_checks(context: Context, only: Collection[str] | None = None) -> list[Finding]:
    """
    What the checks find in a translation.

    `only` names the checks to run, in this order; without it all are, in that of the registry. Of a
    translation that is not there nothing else is said.
    """
    names = CHECKS if only is None else only
    if not context.target.strip():
        names = [name for name in names if name == "untranslated"]
    return [finding for name in names for finding in CHECKS[name].function(context)]

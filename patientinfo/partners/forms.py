"""
The question as a form. Complete to be sent; as a draft it may lack anything.

Spam is held off without asking anybody else: a field that people do not see, a signed time at which
the form was given out, lengths, and a message that is no heap of links. Whoever trips over one of
these by mistake is told what to do, and nothing they wrote is lost.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patientinfo.licensing.asking import LONGEST_MESSAGE, MOST_LINKS, links_in
from patientinfo.licensing.requests import Asker
from patientinfo.licensing.terms import LICENSABLE, PARTS, TEXT, Use
from patientinfo.licensing.wishes import LONGEST, MOST, BadWish, Wish, wish_from
from patientinfo.partners import choices, words

#: Seconds that a person needs at least, and a page can stand open at most.
QUICKEST, OLDEST = 3, 2 * 24 * 60 * 60
_STAMP = "patientinfo.partners.stamp"
#: Days of the term that the form proposes; both its first and its last day count.
YEAR = 365
_HOME, _SOME, _WORLD = "home", "some", "world"
_FILL_IN, _CHOOSE = _("Please fill this in."), _("Please choose at least one.")
_YES_NO = [("no", _("No")), ("yes", _("Yes"))]
#: Members of a wish whose field has another name.
_FIELDS = {"territory": "countries", "leaflets": "scope"}


def stamp() -> str:
    """The time at which a form is given out, signed."""
    return signing.TimestampSigner(salt=_STAMP).sign("form")


def _line(label: Any, autocomplete: str = "", **options: Any) -> forms.CharField:
    attrs = {"autocomplete": autocomplete} if autocomplete else {}
    return forms.CharField(
        label=label, max_length=200, widget=forms.TextInput(attrs=attrs), **options
    )


def _several(label: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, **options)


def _one(label: Any, options: Any, initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=options, initial=initial, widget=forms.RadioSelect
    )


def _date(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"], **options)


class AskForm(forms.Form):
    """Who asks, for what, and for what use. `draft` lets anything be missing."""

    organisation = _line(_("Organisation"), "organization")
    country = forms.ChoiceField(
        label=_("Country"), widget=forms.Select(attrs={"autocomplete": "country"})
    )
    contact = _line(_("Your name"), "name")
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    scope = _one(
        _("Which leaflets?"),
        [("some", _("The ones that I choose here")), ("all", words.ALL)],
        "some",
    )
    search = forms.CharField(label=_("Search leaflets"), max_length=100, required=False)
    leaflets = _several(_("Leaflets"), required=False)
    topics = _several(_("Collections"), required=False)
    locales = _several(_("Languages"))
    parts = _several(_("Text or photos"), initial=[TEXT])
    uses = _several(_("Uses"))
    run = forms.IntegerField(
        label=_("Copies on paper"), min_value=1, max_value=100_000_000, required=False
    )
    adaptation = _one(_("Do you want to change the text?"), _YES_NO, "no")
    area = _one(
        _("Where will you use it?"),
        [
            (_HOME, _("In the country of our organisation")),
            (_SOME, _("In these countries")),
            (_WORLD, _("Worldwide")),
        ],
        _HOME,
    )
    countries = _several(_("Countries"), required=False)
    starts = _date(_("From"))
    ends = _date(_("Until"), required=False)
    commercial = _one(_("Is the use commercial?"), _YES_NO, "no")
    price = _line(_("Price to the reader"), required=False)
    credit = forms.CharField(label=_("Proposed credit line"), max_length=LONGEST, required=False)
    message = forms.CharField(
        label=_("Message"),
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    homepage = forms.CharField(required=False, max_length=200)  # nobody sees it, programs fill it
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, locale: str, draft: bool = False, email: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            several = isinstance(field, forms.MultipleChoiceField)
            field.error_messages["required"] = _CHOOSE if several else _FILL_IN
        self.draft, self.locale = draft, locale
        self.label_suffix = ""
        named = [("", _("Choose a country")), *choices.countries(locale)]
        self._choose("country", named)
        self._choose("countries", named[1:])
        self._choose("locales", [(one.value, one.label) for one in choices.languages(locale)])
        self._choose("parts", [(part, words.PARTS[part][0]) for part in PARTS])
        self._choose("uses", [(str(use), words.USES[use][0]) for use in LICENSABLE])
        self._choose("topics", [(one.value, one.label) for one in choices.topics(locale)])
        self.fields["starts"].initial = timezone.localdate()
        self.fields["ends"].initial = timezone.localdate() + timedelta(days=YEAR - 1)
        if email:  # of somebody who is signed in: it is proved, and stays
            self.fields["email"].disabled = True
            self.initial["email"] = email
        ticked = self.ticked("leaflets")
        self.found, self.more = choices.leaflets(locale, self.searched, ticked)
        # What was ticked on another page of the search is among them, if there is such a leaflet.
        self._choose("leaflets", [(choice.value, choice.value) for choice in self.found])
        if draft:
            for field in self.fields.values():
                field.required = False

    def _choose(self, name: str, options: Any) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]

    @property
    def searched(self) -> str:
        return str(self.data.get("search", ""))[:100] if self.is_bound else ""

    def ticked(self, name: str) -> list[str]:
        """What is ticked in a field as the page stands, right or wrong."""
        if self.is_bound:
            return list(self.data.getlist(name))[:MOST]  # type: ignore[attr-defined]
        value = self.initial.get(name) or self.fields[name].initial or []
        return [value] if isinstance(value, str) else list(value)

    # -- proof ------------------------------------------------------------------------------------

    def clean_homepage(self) -> str:
        if self.cleaned_data["homepage"]:
            raise forms.ValidationError(
                _("One field has to stay empty: please empty it, or load the page anew.")
            )
        return ""

    def clean_stamp(self) -> str:
        """Sent too quickly, or from a page that is too old or not ours."""
        given = self.cleaned_data["stamp"]
        signer = signing.TimestampSigner(salt=_STAMP)
        try:
            signer.unsign(given, max_age=OLDEST)
        except signing.BadSignature:
            raise forms.ValidationError(
                _("This page stood open for a long time. Please look it over and send it again.")
            ) from None
        try:
            signer.unsign(given, max_age=QUICKEST)
        except signing.SignatureExpired:
            return str(given)
        raise forms.ValidationError(
            _("That was very quick. Please look over what you filled in and send it again.")
        )

    def clean_organisation(self) -> str:
        return self._without_links("organisation")

    def clean_contact(self) -> str:
        return self._without_links("contact")

    def _without_links(self, name: str) -> str:
        text: str = self.cleaned_data[name].strip()
        if links_in(text):
            raise forms.ValidationError(_("Write this without a web address."))
        return text

    def clean_message(self) -> str:
        text: str = self.cleaned_data["message"].strip()
        if links_in(text) > MOST_LINKS:
            raise forms.ValidationError(
                _("There are many links in your message. Please leave at most three.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("This day is before the first one."))
        if not self.draft:
            self._prove_whole(given)
        return given

    def _prove_whole(self, given: dict[str, Any]) -> None:
        nothing = not given.get("leaflets") and not given.get("topics")
        if given.get("scope") == "some" and nothing and "leaflets" not in self.errors:
            self.add_error("scope", _("Choose at least one leaflet or one collection."))
        if Use.PRINT in given.get("uses", ()) and not given.get("run") and "run" not in self.errors:
            self.add_error("run", _("Say how many copies you would print, roughly."))
        if given.get("area") == _SOME and not given.get("countries"):
            self.add_error("countries", _("Choose at least one country."))

    # -- what comes of it --------------------------------------------------------------------------

    def asker(self) -> Asker:
        """Who asks. Of a draft, what was right so far."""
        given = self.cleaned_data
        names = ("organisation", "country", "contact", "email")
        return Asker(**{name: given.get(name) or "" for name in names}, language=self.locale)

    def wish(self) -> Wish:
        """What is asked for; `BadWish` does not get out of here but as an error of a field."""
        given = self.cleaned_data
        uses: dict[str, dict[str, int]] = {use: {} for use in given.get("uses", ())}
        if Use.PRINT in uses and given.get("run"):
            uses[Use.PRINT] = {"run": given["run"]}
        starts, ends = given.get("starts"), given.get("ends")
        return wish_from(
            {
                "leaflets": None if given.get("scope") == "all" else given.get("leaflets", []),
                "topics": [] if given.get("scope") == "all" else given.get("topics", []),
                "locales": given.get("locales", []),
                "parts": given.get("parts", []),
                "uses": uses,
                "adaptation": given.get("adaptation") == "yes",
                "territory": _territory(given),
                "starts": starts.isoformat() if starts else None,
                "ends": ends.isoformat() if ends else None,
                "commercial": given.get("commercial") == "yes",
                "price": given.get("price", ""),
                "credit": " ".join(given.get("credit", "").split()),
            }
        )

    def full_clean(self) -> None:
        """Also what only the wish knows (keys that are none, letters that cannot be printed)."""
        super().full_clean()
        if not self.is_bound or self.errors:
            return
        try:
            self.wish()
        except BadWish as error:
            field = _FIELDS.get(error.member, error.member)
            self.add_error(field, _("Something is wrong here; please choose anew."))


def _territory(given: dict[str, Any]) -> list[str] | None:
    """None for the whole world; a draft that names no country yet has not said."""
    named = {
        _HOME: [given["country"]] if given.get("country") else [],
        _SOME: given.get("countries", []),
    }.get(given.get("area", _WORLD), [])
    return named or None

"""The form in which an officer writes terms: of an offer, or of a licence that is amended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from patientinfo.desk.permissions.words import PARTS, USES, country_name, language_name
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing import availability
from patientinfo.licensing.terms import LICENSABLE, LicenceTerms, Use
from patientinfo.licensing.wishes import COUNTRIES

CURRENT, PINNED = "current", "pinned"


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class TermsForm(forms.Form):
    """
    Every term, prefilled. `note` goes to the partner: of an offer what should be known, of an
    amendment why.
    """

    all_leaflets = forms.BooleanField(
        label=_("All leaflets, those to come as well"), required=False
    )
    leaflets = forms.MultipleChoiceField(
        label=_("Leaflets"), required=False, widget=forms.CheckboxSelectMultiple
    )
    all_locales = forms.BooleanField(
        label=_("All languages, those to come as well"), required=False
    )
    locales = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    parts = forms.MultipleChoiceField(
        label=_("Parts"), choices=list(PARTS.items()), widget=forms.CheckboxSelectMultiple
    )
    uses = forms.MultipleChoiceField(
        label=_("Uses"),
        choices=[(use.value, USES[use]) for use in LICENSABLE],
        widget=forms.CheckboxSelectMultiple,
    )
    run = forms.IntegerField(
        label=_("Copies that may be printed"),
        required=False,
        min_value=1,
        max_value=100_000_000,
        help_text=_("Empty: as many as they like."),
    )
    policy = forms.ChoiceField(
        label=_("Editions"),
        choices=[
            (CURRENT, _("Always the current edition")),
            (
                PINNED,
                _(
                    "The editions that are current today; of leaflets and languages that come "
                    "later the current one"
                ),
            ),
        ],
        initial=CURRENT,
        widget=forms.RadioSelect,
    )
    adaptation = forms.BooleanField(label=_("The text may be changed"), required=False)
    commercial = forms.BooleanField(label=_("Commercial use"), required=False)
    price = forms.CharField(
        label=_("Price to the reader"),
        required=False,
        max_length=300,
        help_text=_("Empty: free of charge."),
    )
    territory = forms.CharField(
        label=_("Where"),
        required=False,
        help_text=_("Countries, with commas between them. Empty: worldwide."),
    )
    starts = forms.DateField(label=_("First day"), widget=_day())
    ends = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=_day(),
        help_text=_("Empty: until it is revoked."),
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They stand in the letter, word for word."),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
    note = forms.CharField(
        label=_("Message to the partner"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, base: LicenceTerms, amends: bool = False) -> None:
        """
        `base`: the terms from which the officer starts; its parties are kept as they are, and where
        it `amends` them so is which editions are meant.
        """
        super().__init__(data, initial=_initial(base))
        self.base, self.amends = base, amends
        self.fields["leaflets"].choices = _titles(base)  # type: ignore[attr-defined]
        codes = [locale.language_code for locale in Locale.objects.all()]
        codes += sorted((base.locales or frozenset()) - set(codes))
        self.fields["locales"].choices = [  # type: ignore[attr-defined]
            (code, language_name(code)) for code in codes
        ]
        self.codes = codes
        for code in codes:
            self.fields[f"credit_{code}"] = forms.CharField(
                label=language_name(code),
                required=False,
                max_length=300,
                initial=base.credit.get(code, ""),
            )
        if amends:
            self.fields["note"].label = _("Reason")
            self.fields["note"].help_text = _("The partner is told.")
            self.fields["policy"].disabled = True

    @property
    def credits(self) -> Iterator[forms.BoundField]:
        return (self[f"credit_{code}"] for code in self.codes)

    def clean_territory(self) -> frozenset[str] | None:
        """Codes or names of countries, in the language of the admin."""
        names = {country_name(code).casefold(): code for code in COUNTRIES}
        found = set()
        said = re.split(r"\s*[,;\n]\s*", self.cleaned_data["territory"].strip())
        for typed in filter(None, said):
            code = typed.upper() if typed.upper() in COUNTRIES else names.get(typed.casefold())
            if code is None:
                raise forms.ValidationError(
                    gettext("“%(typed)s” is not a country we know.") % {"typed": typed[:60]}
                )
            found.add(code)
        return frozenset(found) or None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, all_name in (("leaflets", "all_leaflets"), ("locales", "all_locales")):
            if not cleaned.get(name) and not cleaned.get(all_name):
                self.add_error(name, gettext("Choose at least one, or all."))
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", gettext("The term ends before it begins."))
        return cleaned

    def terms(self) -> LicenceTerms:
        """What was written, as terms; only of a form that is valid."""
        said = self.cleaned_data
        leaflets = None if said["all_leaflets"] else frozenset(said["leaflets"])
        locales = None if said["all_locales"] else frozenset(said["locales"])
        return LicenceTerms(
            licensee=self.base.licensee,
            licensor=self.base.licensor,
            starts=said["starts"],
            ends=said["ends"],
            parts=frozenset(said["parts"]),
            uses={use: _limits(use, said["run"]) for use in said["uses"]},
            leaflets=leaflets,
            locales=locales,
            territory=said["territory"],
            pinned=self._pinned(leaflets, locales) if said["policy"] == PINNED else {},
            adaptation=said["adaptation"],
            commercial=said["commercial"],
            price=said["price"],
            credit={
                code: said[f"credit_{code}"]
                for code in self.codes
                if said[f"credit_{code}"] and (locales is None or code in locales)
            },
            conditions=said["conditions"],
            language=said["language"],
            time_zone=self.base.time_zone,
        )

    def _pinned(
        self, leaflets: frozenset[str] | None, locales: frozenset[str] | None
    ) -> Mapping[tuple[str, str], int]:
        """Editions that were pinned before stay; what is new is pinned as it is today."""
        if self.amends:
            return {
                (key, locale): number
                for (key, locale), number in self.base.pinned.items()
                if (leaflets is None or key in leaflets) and (locales is None or locale in locales)
            }
        entries = CatalogueEntry.objects.available()
        if leaflets is not None:
            entries = entries.filter(key__in=leaflets)
        if locales is not None:
            entries = entries.filter(locale__in=locales)
        today = {
            (str(key), locale): number
            for key, locale, number in entries.values_list("key", "locale", "number")
        }
        return {place: self.base.pinned.get(place, number) for place, number in today.items()}


def _limits(use: str, run: int | None) -> dict[str, int]:
    return {"run": run} if use == Use.PRINT and run else {}


def _titles(base: LicenceTerms) -> list[tuple[str, str]]:
    """Every leaflet there is, chosen ones first, each by the title in its own language."""
    entries = CatalogueEntry.objects.available().filter(is_source=True)
    chosen = base.leaflets or frozenset()
    found = [(str(key), title) for key, title in entries.values_list("key", "title")]
    missing = chosen - {key for key, _title in found}
    known = availability.titles(missing)
    found += [(key, known[key]) for key in missing if key in known]
    return sorted(found, key=lambda choice: (choice[0] not in chosen, choice[1], choice[0]))


def _initial(base: LicenceTerms) -> dict[str, Any]:
    return {
        "all_leaflets": base.leaflets is None,
        "leaflets": sorted(base.leaflets or ()),
        "all_locales": base.locales is None,
        "locales": sorted(base.locales or ()),
        "parts": sorted(base.parts),
        "uses": sorted(base.uses),
        "run": base.uses.get(Use.PRINT, {}).get("run"),
        "policy": PINNED if base.pinned else CURRENT,
        "adaptation": base.adaptation,
        "commercial": base.commercial,
        "price": base.price,
        "territory": ", ".join(sorted(map(country_name, base.territory or ()))),
        "starts": base.starts,
        "ends": base.ends,
        "conditions": base.conditions,
        "language": base.language,
    }

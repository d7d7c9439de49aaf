"""A partner's own licence: its terms, its papers, its keys, and how much was read under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from patientinfo.bundles.answers import COST as BUNDLE_COST
from patientinfo.bundles.answers import bundle_response
from patientinfo.bundles.orders import channels_for, partner_bundle
from patientinfo.bundles.recipients import NotInForce
from patientinfo.channels.parts.wording import Moment, language, number
from patientinfo.channels.registry import UnknownChannel
from patientinfo.conf import public_url
from patientinfo.exchange.selection import Selection
from patientinfo.licensing.access_keys import OVERLAP, issue_key, revoke_key, rotate_key
from patientinfo.licensing.actions import NotPossible
from patientinfo.licensing.guard import Kind
from patientinfo.licensing.models import AccessKey, Licence, LicenceState
from patientinfo.partners import choices, words
from patientinfo.partners.embedding import embeddings_of
from patientinfo.partners.ownership import licence_of
from patientinfo.partners.pages import here, partners_only, show
from patientinfo.throttling.doors import throttled

#: Days of which the page sums up what was read, and the rows it shows at most.
USAGE_DAYS, USAGE_ROWS = 90, 200
#: Origins that one browser key can be bound to.
MOST_ORIGINS = 20


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as its owner sees it: never its text."""

    name: str
    label: str
    hint: str
    origins: tuple[str, ...]
    made: Moment | None
    ends: Moment | None
    used: Moment | None
    revoked: Moment | None
    usable: bool


@dataclass(frozen=True, slots=True)
class UsageRow:
    """What was read of one edition through one channel."""

    title: str
    language: str
    edition: str
    channel: str
    count: str


@require_safe
@partners_only
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """The licence's page."""
    return _page(request, licence_of(request.user, number))


@partial(throttled, cost=BUNDLE_COST)
@require_safe
@partners_only
def bundle(request: HttpRequest, number: str) -> HttpResponse:
    """What the licence covers as one ZIP, in the forms that were ticked or in all."""
    licence = licence_of(request.user, number)
    try:
        made = partner_bundle(licence, Selection(), request.GET.getlist("channel"), timezone.now())
    except UnknownChannel as error:
        raise Http404(str(error)) from error
    except NotInForce:
        return _page(request, licence, problem=_("Nothing may be had under this licence now."))
    return bundle_response(made)


@require_POST
@partners_only
def make_key(request: HttpRequest, number: str) -> HttpResponse:
    """
    A new key, shown in this answer and never again. Not redirected: its text would have to be kept
    somewhere until the next page.
    """
    licence = licence_of(request.user, number)
    in_a_page = request.POST.get("kind") == Kind.BROWSER
    origins = request.POST.get("origins", "").split()[:MOST_ORIGINS] if in_a_page else []
    if in_a_page and not origins:
        problem = _("Name at least one website on whose pages the key will stand.")
        return _page(request, licence, problem=problem)
    try:
        label = request.POST.get("label", "")
        key, text = issue_key(licence, label, by=request.user, origins=origins)
    except NotPossible as refusal:
        return _page(request, licence, problem=str(refusal))
    return _page(request, licence, made=(key, text))


@require_POST
@partners_only
def rotate(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A key in place of another, which goes on for some days."""
    licence = licence_of(request.user, number)
    try:
        key, text = rotate_key(_key_of(licence, name), by=request.user)
    except NotPossible as refusal:
        return _page(request, licence, problem=str(refusal))
    return _page(request, licence, made=(key, text), rotated=True)


@require_POST
@partners_only
def revoke(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Ends a key at once."""
    licence = licence_of(request.user, number)
    revoke_key(_key_of(licence, name), by=request.user)
    messages.success(request, _("The key is revoked and is refused from now on."))
    return redirect("partners:licence", number=number)


def _key_of(licence: Licence, name: str) -> AccessKey:
    found = licence.keys.filter(name=name).first()
    if found is None:
        raise Http404("This key is not there.")
    return found


def _page(
    request: HttpRequest,
    licence: Licence,
    *,
    problem: str = "",
    made: tuple[AccessKey, str] | None = None,
    rotated: bool = False,
) -> HttpResponse:
    now = timezone.now()
    state = licence.state_at(now)
    context = {
        "licence": licence,
        "state": state,
        "state_name": str(LicenceState(state).label),
        "until": words.last_day(licence),
        "terms": words.lines_of(licence.terms),
        "papers": papers_of(licence),
        "forms": channels_for(licence.terms) if state == LicenceState.ACTIVE else (),
        "keys": [_row(key) for key in licence.keys.all()],
        "usage": usage_of(licence),
        "usage_days": USAGE_DAYS,
        "overlap": OVERLAP.days,
        "embeddings": embeddings_of(licence, here()) if state == LicenceState.ACTIVE else [],
        "problem": problem,
        "posted": request.POST if problem else {},
        "made": made,
        "rotated": rotated,
        "api_url": public_url("/api/v1/pages/"),
        "renewable": state in {LicenceState.ACTIVE, LicenceState.EXPIRED}
        and licence.state == LicenceState.ACTIVE,
    }
    return show(request, "licence.html", context, status=422 if problem else 200)


def papers_of(licence: Licence) -> dict[str, str]:
    """Addresses of the letter, the ODRL agreement and the public proof, as far as there are any."""
    found = {}
    for paper in ("letter", "odrl", "proof"):
        try:
            found[paper] = reverse(f"patientinfo_{paper}", args=[licence.number])
        except NoReverseMatch:
            continue
    return found


def usage_of(licence: Licence) -> list[UsageRow]:
    """The last days summed up by edition and channel, the most read first. Two queries."""
    since = timezone.now().date() - timedelta(days=USAGE_DAYS)
    rows = (
        licence.usage.filter(day__gte=since)
        .values_list("key", "locale", "edition", "channel")
        .annotate(total=Sum("count"))
        .order_by("-total", "key", "locale")[:USAGE_ROWS]
    )
    counted = list(rows)
    titles = choices.titles(here(), {row[0] for row in counted})
    return [
        UsageRow(
            titles.get(str(key), str(key)),
            language(code, here()).name,
            number(edition, here()),
            channel,
            number(total, here()),
        )
        for key, code, edition, channel, total in counted
    ]


def _row(key: AccessKey) -> KeyRow:
    return KeyRow(
        name=key.name,
        label=key.label,
        hint=f"pik_{key.kind[0]}_{key.name[:4]}…",
        origins=tuple(key.origins),
        made=words.when(key.created_at),
        ends=words.when(key.expires_at),
        used=words.on(key.last_used_on),
        revoked=words.when(key.revoked_at),
        usable=key.usable_at(timezone.now()),
    )

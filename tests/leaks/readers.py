"""Who asks: the public, partners with keys good and bad, people who are signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken

from patientinfo.licensing.access_keys import issue_channel_key, issue_key, revoke_key
from patientinfo.licensing.actions import grant_licence, revoke_licence, suspend_licence
from patientinfo.licensing.guard import Kind as KeyKind
from patientinfo.licensing.keys import make_key
from patientinfo.licensing.models import Licence
from patientinfo.licensing.request_models import PermissionRequest
from patientinfo.licensing.terms import LICENSABLE, PARTS, Party
from tests.leaks.canaries import CREDIT, REASON, TERMS
from tests.leaks.clinic import Planted
from tests.licences import make_licensee, make_terms

ORIGIN = "https://partner.example"
ALL_USES: dict[str, dict[str, Any]] = {str(use): {} for use in LICENSABLE}


@dataclass(frozen=True)
class Scope:
    """What a licence gives, in plain words: None is all. It says again what its terms say."""

    parts: tuple[str, ...] = PARTS
    leaflets: tuple[str, ...] | None = None
    locales: tuple[str, ...] | None = None
    uses: tuple[str, ...] = tuple(ALL_USES)
    pinned: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Reader:
    """
    One who asks. `scope`: what a working licence gives; `everything`: the clinic's own channel;
    `refused`: a key that opens nothing. `party` is the licence that the key belongs to, if it may
    know the licence's own words. `asker`: the request is theirs. `signed_in`: what the licence
    gives to somebody who has no key but an account of its partner.
    """

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)
    user: int | None = None
    scope: Scope | None = None
    everything: bool = False
    refused: bool = False
    editor: bool = False
    licence: str = ""
    party: str = ""
    asker: bool = False
    signed_in: Scope | None = None

    def client(self) -> Client:
        """A browser or program of theirs; what goes wrong in a view is an answer too."""
        client = Client(headers=dict(self.headers), raise_request_exception=False)
        if self.user is not None:
            client.force_login(User.objects.get(pk=self.user))
        return client


#: Licences that work, by the name of their reader.
SCOPES = {
    "text-nl": Scope(("text",), locales=("nl",), uses=("website", "portal")),
    "all-en": Scope(locales=("en",), uses=("website", "portal", "print", "training")),
    "one-leaflet": Scope(leaflets=("shelf",)),
    "pinned": Scope(leaflets=("knee",), locales=("en",), pinned={("knee", "en"): 1}),
    "photos": Scope(("photos",)),
    "print": Scope(uses=("print",)),
}
ENDED = ("expired", "not-begun", "suspended", "revoked", "renewed")
#: Licences of whose partners somebody is signed in.
PARTNERS = ("all-en", "text-nl", "revoked")
#: Licences of which a key is at fault.
FAULTY = ("revoked-key",)
BROWSER = "browser"


@dataclass
class People:
    """Everybody who asks; the numbers of their licences and the rows of their keys by name."""

    readers: dict[str, Reader] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)

    def holder_of(self, name: str) -> Reader:
        """
        Who has what a licence gives without a key: a frame is its licence's, so that a key was
        revoked, or stands in a page of others, changes nothing there.
        """
        if name in {*FAULTY, BROWSER}:
            return Reader(name, scope=Scope(), licence=name)
        return self.readers[name]

    @property
    def public(self) -> Reader:
        return self.readers["public"]


def let_people_in(planted: Planted) -> People:
    """Grants the licences, makes the keys, and ends what is to be ended."""
    people, register = People(), planted.register
    people.readers["public"] = Reader("public")
    for name, scope in SCOPES.items():
        made, key = issue_key(_grant(people, planted, name, scope), "Website", by="a test")
        people.keys[name] = made.pk
        people.readers[name] = _keyed(name, key, scope=scope, licence=name, party=name)
    for name in (*ENDED, *FAULTY):
        key = _ended(people, planted, name)
        party = "" if name in FAULTY else name
        people.readers[name] = _keyed(name, key, refused=True, licence=name, party=party)
    _browsers(people, planted)
    working = people.readers["all-en"].headers["Authorization"].removeprefix("Bearer ")
    for name, key in {
        "malformed": working[:-1],
        "unknown": make_key(KeyKind.LICENCE).text,
        "no-key-at-all": "wrong",
    }.items():
        people.readers[name] = _keyed(name, key, refused=True)
    channel, text = issue_channel_key("Waiting room", by="a test")
    people.keys["channel"] = channel.pk
    people.readers["channel"] = _keyed("channel", text, everything=True)
    _users(people)
    _partners(people)
    assert len(register.words) < 13**6
    return people


def _keyed(name: str, key: str, **more: Any) -> Reader:
    return Reader(name, {"Authorization": f"Bearer {key}"}, **more)


def _grant(people: People, planted: Planted, name: str, scope: Scope, **terms: Any) -> Licence:
    """A licence whose every private word is a canary."""
    word = planted.register.word
    email = f"{word(TERMS, licence=name)}@partner.example"
    licensee = make_licensee(
        name=f"Partner {name}", email=email, contact=f"C. {word(TERMS, licence=name)}"
    )
    given = make_terms(
        licensee=Party(licensee.name, "NL", licensee.contact, email),
        licensor=Party("Uplands", "GB", f"L. {word(TERMS, licence=name)}", "l@uplands.example"),
        parts=frozenset(scope.parts),
        uses={use: {} for use in scope.uses},
        leaflets=None
        if scope.leaflets is None
        else frozenset(planted.key(leaflet) for leaflet in scope.leaflets),
        locales=None if scope.locales is None else frozenset(scope.locales),
        pinned={(planted.key(k), locale): n for (k, locale), n in scope.pinned.items()},
        price=f"Much {word(TERMS, licence=name)}",
        conditions=f"Only if {word(TERMS, licence=name)}.",
        credit={"en": f"By leave {word(CREDIT, licence=name)}"},
        **terms,
    )
    licence = grant_licence(licensee, given, by="a test")
    people.numbers[name] = licence.number
    return licence


def _key(licence: Licence, **more: Any) -> str:
    return issue_key(licence, "Website", by="a test", **more)[1]


def _ended(people: People, planted: Planted, name: str) -> str:
    """A key that worked, or was going to, and why it does not."""
    today, terms = timezone.localdate(), {}
    if name == "not-begun":
        terms = {"starts": today + timedelta(days=2)}
    if name == "expired":
        terms = {"starts": today - timedelta(days=5), "ends": today - timedelta(days=1)}
    reason = f"Because {planted.register.word(REASON, licence=name)}"
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        licence = _grant(people, planted, name, Scope(), **terms)
        key, text = issue_key(licence, "Website", by="a test")
    people.keys[name] = key.pk
    if name == "suspended":
        suspend_licence(licence, by="a test", reason=reason)
    if name == "revoked":
        revoke_licence(licence, by="a test", reason=reason)
    if name == "renewed":
        grant_licence(licence.licensee, licence.terms, by="a test", replaces=licence)
    if name == "revoked-key":
        revoke_key(key, by="a test")
    return text


def _browsers(people: People, planted: Planted) -> None:
    """A key that stands in a page for everybody to see: of no party, and bound to its origin."""
    licence = _grant(people, planted, BROWSER, Scope())
    key = _key(licence, origins=[ORIGIN])
    ended = _grant(people, planted, "browser-revoked", Scope())
    ended_key = _key(ended, origins=[ORIGIN])
    reason = planted.register.word(REASON, licence="browser-revoked")
    revoke_licence(ended, by="a test", reason=f"Because {reason}")
    here, there = {"Origin": ORIGIN}, {"Origin": "https://thief.example"}
    for name, text, origin, scope in (
        ("browser", key, here, Scope()),
        ("browser-elsewhere", key, there, None),
        ("browser-nowhere", key, {}, None),
        ("browser-revoked", ended_key, here, None),
    ):
        headers = {"Authorization": f"Bearer {text}", **origin}
        licence_name = BROWSER if name != "browser-revoked" else name
        people.readers[name] = Reader(
            name, headers, scope=scope, refused=scope is None, licence=licence_name
        )


def _users(people: People) -> None:
    """Somebody with an account and no rights, in a browser and with a token; and an editor."""
    nobody = User.objects.create_user("nobody", "nobody@x.example", "a-password")
    editor = User.objects.create_superuser("editor", "editor@x.example", "a-password")
    people.readers["nobody"] = Reader("nobody", user=nobody.pk)
    people.readers["editor"] = Reader("editor", user=editor.pk, editor=True)
    token, text = APIToken.create_token(user=nobody, name="A program")
    token.save()
    people.readers["nobody-token"] = _keyed("nobody-token", text, refused=True)
    token, text = APIToken.create_token(user=editor, name="A program")
    token.save()
    people.readers["editor-token"] = _keyed("editor-token", text, refused=True, editor=True)


def _partners(people: People) -> None:
    """Accounts of two partners with a licence each, of one whose licence ended, and the asker's."""
    members = {name: Licence.objects.get(number=people.numbers[name]).licensee for name in PARTNERS}
    asked = PermissionRequest.objects.get()
    assert asked.licensee is not None
    for name, licensee in {**members, "asker": asked.licensee}.items():
        user = User.objects.create(username=f"partner-{name}", email=licensee.email)
        licensee.members.add(user)
        licence = "" if name == "asker" else name
        people.readers[f"partner-{name}"] = Reader(
            f"partner-{name}",
            user=user.pk,
            licence=licence,
            party=licence,
            asker=name == "asker",
            signed_in=SCOPES.get(name),
        )

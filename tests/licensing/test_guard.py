"""The guard over generated licences: what is not granted is refused, restricting never permits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patientinfo.licensing.guard import (
    FULL,
    LEVELS,
    LICENSABLE,
    PARTS,
    READ,
    Asked,
    Decision,
    Facts,
    Grant,
    Permitted,
    Reason,
    Refused,
    Use,
    decide,
)
from patientinfo.licensing.narrowing import widens
from patientinfo.licensing.terms import LicenceTerms, Party, terms_from

KEYS = ("a", "b", "c")
LOCALES = ("en", "nl", "de")
COUNTRIES = ("NL", "BE", "GB")
STATUSES = ("current", "behind", "ahead", "held", "withdrawn", "recalled", "redacted")
STATES = ("active", "suspended", "revoked", "renewed", "expired", "")
ZONES = ("UTC", "Europe/Amsterdam", "America/St_Johns", "Pacific/Kiritimati")
DAY = date(2026, 3, 29)  # the night on which clocks go forward in Amsterdam


def some(values, *, or_all: bool = True):
    chosen = st.frozensets(st.sampled_from(values))
    return st.one_of(st.none(), chosen) if or_all else chosen


days = st.integers(-3, 3).map(lambda n: DAY + timedelta(days=n))
terms = st.builds(
    LicenceTerms,
    licensee=st.just(Party("Partner")),
    licensor=st.just(Party("Clinic")),
    starts=days,
    ends=st.one_of(st.none(), days),
    parts=some(PARTS, or_all=False),
    uses=st.dictionaries(
        st.sampled_from(LICENSABLE),
        st.one_of(st.just({}), st.integers(1, 3).map(lambda run: {"run": run})),
    ),
    leaflets=some(KEYS),
    locales=some(LOCALES),
    territory=some(COUNTRIES),
    pinned=st.dictionaries(
        st.tuples(st.sampled_from(KEYS), st.sampled_from(LOCALES)), st.integers(1, 3)
    ),
    adaptation=st.booleans(),
    commercial=st.booleans(),
    price=st.sampled_from(("", "5 euros")),
    credit=st.dictionaries(st.sampled_from(LOCALES), st.just("© Clinic")),
    conditions=st.sampled_from(("", "Show the edition.")),
    time_zone=st.sampled_from(ZONES),
)
grants = st.builds(
    Grant, number=st.just("P"), state=st.sampled_from(STATES), terms=st.one_of(st.none(), terms)
)
editions = st.builds(
    Facts,
    level=st.sampled_from((*LEVELS, "", "nonsense")),
    status=st.sampled_from(STATUSES),
    key=st.sampled_from(KEYS),
    locale=st.sampled_from(LOCALES),
    number=st.integers(1, 3),
    newest=st.booleans(),
)
moments = st.integers(-5 * 24 * 60, 5 * 24 * 60).map(
    lambda minutes: datetime(2026, 3, 29, tzinfo=UTC) + timedelta(minutes=minutes)
)
asks = st.builds(
    Asked,
    use=st.sampled_from(list(Use)),
    at=st.one_of(st.none(), moments, st.just(datetime(2026, 3, 29))),  # noqa: DTZ001 one of no zone
    territory=st.sampled_from(("", *COUNTRIES)),
)


def parts(decision: Decision) -> frozenset[str]:
    return decision.parts if isinstance(decision, Permitted) else frozenset()


def gives_no_more(less: Decision, more: Decision) -> bool:
    """Whether all that `less` lets through `more` lets through too."""
    if not parts(less) <= parts(more):
        return False
    if "photos" not in parts(less):
        return True
    return isinstance(more, Permitted) and (
        not more.sublicensable_only or (isinstance(less, Permitted) and less.sublicensable_only)
    )


@given(st.one_of(st.none(), grants), editions, asks)
def test_it_answers_everything(grant, edition, asked) -> None:
    decision = decide(grant, edition, asked)
    assert isinstance(decision, Permitted | Refused)
    if isinstance(decision, Permitted):
        assert decision.parts
        named = {part for part, _reason in decision.withheld}
        assert decision.parts | named == set(PARTS)


@given(grants, editions, asks)
def test_a_key_never_takes_from_what_the_public_has(grant, edition, asked) -> None:
    assert gives_no_more(decide(None, edition, asked), decide(grant, edition, asked))


@given(grants, editions, asks)
def test_a_licence_covers_what_it_gives_by_itself(grant, edition, asked) -> None:
    """Also where the public level gives it too."""
    decision = decide(grant, edition, asked)
    own = decide(grant, replace(edition, level="catalogue"), asked)
    of_a_licence = grant.terms is not None and isinstance(own, Permitted)
    assert getattr(decision, "covered", False) == of_a_licence


@given(grants, editions, asks)
def test_what_is_stopped_is_stopped_for_everybody(grant, edition, asked) -> None:
    if edition.status in {"held", "withdrawn", "recalled", "redacted"}:
        assert decide(grant, edition, asked) == Refused(Reason(edition.status))


def only(value: str, allowed: frozenset[str] | None) -> frozenset[str]:
    return frozenset({value}) if allowed is None else frozenset({value}) & allowed


def narrowed(wide: LicenceTerms) -> list[LicenceTerms]:
    """`wide` with one restriction more, in each of the ways there are."""
    sooner = wide.starts if wide.ends is None else min(wide.starts, wide.ends)
    return [
        replace(wide, parts=frozenset({"text"}) & wide.parts),
        replace(wide, uses=dict(list(wide.uses.items())[1:])),
        replace(wide, uses={use: {"run": 1} for use in wide.uses}),
        replace(wide, leaflets=only("a", wide.leaflets)),
        replace(wide, locales=only("nl", wide.locales)),
        replace(wide, territory=only("NL", wide.territory)),
        replace(wide, starts=wide.starts + timedelta(days=1)),
        replace(wide, ends=sooner),
        replace(wide, adaptation=False),
        replace(wide, commercial=False),
        replace(wide, price=""),
        replace(wide, credit={"en": "© Clinic", **wide.credit}),
        replace(wide, conditions=f"Show the date. {wide.conditions}"),
    ]


@given(terms, editions, asks, st.data())
def test_a_restriction_never_permits_more(given_terms, edition, asked, data) -> None:
    narrower = data.draw(st.sampled_from(narrowed(given_terms)))
    assert widens(given_terms, narrower) == ()
    wide = decide(Grant("P", "active", given_terms), edition, asked)
    assert gives_no_more(decide(Grant("P", "active", narrower), edition, asked), wide)


@given(terms, terms, editions, asks)
def test_terms_that_do_not_widen_permit_no_more(old, new, edition, asked) -> None:
    """Of two that were made independently, and of the second cut down towards the first."""
    mixed = replace(
        new,
        parts=new.parts & old.parts,
        uses={use: limits for use, limits in new.uses.items() if use in old.uses},
        pinned=old.pinned,
        adaptation=False,
        commercial=False,
        price="",
        credit=old.credit,
        conditions=old.conditions,
    )
    for terms_then in (new, mixed):
        if widens(old, terms_then) == ():
            before = decide(Grant("P", "active", old), edition, asked)
            after = decide(Grant("P", "active", terms_then), edition, asked)
            assert gives_no_more(after, before)


@given(terms, terms, editions, asks)
def test_what_permits_more_widens(old, new, edition, asked) -> None:
    before = decide(Grant("P", "active", old), edition, asked)
    if not gives_no_more(decide(Grant("P", "active", new), edition, asked), before):
        assert widens(old, new)


@given(terms, editions, asks, st.sampled_from(STATES))
def test_another_state_never_permits_more(given_terms, edition, asked, state) -> None:
    active = decide(Grant("P", "active", given_terms), edition, asked)
    assert gives_no_more(decide(Grant("P", state, given_terms), edition, asked), active)


@given(terms, editions, asks)
def test_a_pinned_edition_is_the_only_one(given_terms, edition, asked) -> None:
    """Pinning another edition moves the right to that one; this one is refused from then on."""
    place = (edition.key, edition.locale)
    other = replace(given_terms, pinned={**given_terms.pinned, place: edition.number + 1})
    public = decide(None, edition, asked)
    assert decide(Grant("P", "active", other), edition, asked) == public
    this = replace(given_terms, pinned={**given_terms.pinned, place: edition.number})
    newest = replace(edition, newest=True)
    unpinned = {at: number for at, number in given_terms.pinned.items() if at != place}
    following = replace(given_terms, pinned=unpinned)
    assert decide(Grant("P", "active", this), edition, asked) == decide(
        Grant("P", "active", following), newest, asked
    )
    if not edition.newest:
        assert decide(Grant("P", "active", following), edition, asked) == public


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"licensee": Party("Somebody else")}, "licensee"),
        ({"leaflets": None}, "leaflets"),
        ({"leaflets": frozenset("ac")}, "leaflets"),
        ({"locales": frozenset({"nl", "de"})}, "locales"),
        ({"parts": frozenset(PARTS)}, "parts"),
        ({"uses": {"print": {"run": 501}}}, "uses"),
        ({"uses": {"print": {}}}, "uses"),
        ({"uses": {"print": {"run": 500}, "social": {}}}, "uses"),
        ({"pinned": {}}, "editions"),
        ({"pinned": {("a", "nl"): 2}}, "editions"),
        ({"pinned": {("a", "nl"): 1, ("b", "nl"): 1}}, "editions"),
        ({"adaptation": True}, "adaptation"),
        ({"territory": None}, "territory"),
        ({"starts": date(2025, 12, 31)}, "term"),
        ({"ends": None}, "term"),
        ({"time_zone": "America/St_Johns"}, "term"),
        ({"commercial": True}, "commercial"),
        ({"price": "9 euros"}, "price"),
        ({"credit": {}}, "credit"),
        ({"conditions": "Show the edition."}, "conditions"),
    ],
)
def test_what_widens_is_named(changes, named) -> None:
    old = replace(
        EVERYTHING,
        leaflets=frozenset("ab"),
        locales=frozenset({"nl"}),
        parts=frozenset({"text"}),
        uses={"print": {"run": 500}},
        pinned={("a", "nl"): 1},
        territory=frozenset({"NL"}),
        price="5 euros",
        credit={"nl": "© Kliniek"},
        conditions="Show the date.",
    )
    assert widens(old, replace(old, **changes)) == (named,)
    assert widens(old, old) == ()
    gone = replace(old, leaflets=frozenset("b"), pinned={}, language="nl", price="")
    assert widens(old, gone) == ()


@given(terms, editions, asks)
def test_only_an_active_licence_gives_anything(given_terms, edition, asked) -> None:
    for state in set(STATES) - {"active"}:
        grant = Grant("P", state, given_terms)
        assert decide(grant, edition, asked) == decide(None, edition, asked)


@given(terms, editions, asks)
def test_what_is_not_granted_is_refused(given_terms, edition, asked) -> None:
    decision = decide(Grant("P", "active", given_terms), edition, asked)
    if isinstance(decide(None, edition, asked), Permitted) or isinstance(decision, Refused):
        return
    assert given_terms.leaflets is None or edition.key in given_terms.leaflets
    assert given_terms.locales is None or edition.locale in given_terms.locales
    assert decision.parts <= given_terms.parts
    assert asked.use == Use.API or asked.use in given_terms.uses
    pinned = given_terms.pinned.get((edition.key, edition.locale))
    assert edition.newest if pinned is None else edition.number == pinned
    assert (
        not asked.territory or not given_terms.territory or asked.territory in given_terms.territory
    )
    zone = ZoneInfo(given_terms.time_zone)
    today = asked.at.astimezone(zone).date()
    assert given_terms.starts <= today
    assert given_terms.ends is None or today <= given_terms.ends


@given(terms)
def test_terms_come_back_as_they_were_stored(given_terms) -> None:
    again = terms_from(given_terms.as_json())
    assert again == given_terms
    assert again.digest == given_terms.digest


EVERYTHING = LicenceTerms(
    licensee=Party("Partner"),
    licensor=Party("Clinic"),
    starts=date(2026, 1, 1),
    ends=date(2026, 3, 29),
    parts=frozenset(PARTS),
    uses={"website": {}},
    leaflets=None,
    locales=None,
    time_zone="Europe/Amsterdam",
)
CATALOGUED = Facts("catalogue", "current", "a", "nl", 2)


@pytest.mark.parametrize(
    ("moment", "permitted"),
    [
        ("2025-12-31T22:59:59+00:00", False),
        ("2025-12-31T23:00:00+00:00", True),  # the first of January in Amsterdam
        ("2026-03-29T21:59:59.999999+00:00", True),  # summer time since that night
        ("2026-03-29T22:00:00+00:00", False),
        ("2026-03-30T00:00:00+02:00", False),
        ("2026-03-29T12:59:59-09:00", True),
    ],
)
def test_the_first_and_the_last_second_of_a_term(moment: str, permitted: bool) -> None:
    asked = Asked(Use.WEBSITE, at=datetime.fromisoformat(moment))
    decision = decide(Grant("P", "active", EVERYTHING), CATALOGUED, asked)
    assert isinstance(decision, Permitted) is permitted


def at_noon(use: Use = Use.API, territory: str = "") -> Asked:
    return Asked(use, datetime(2026, 2, 1, 12, tzinfo=UTC), territory)


def asked_under(terms: LicenceTerms, edition: Facts = CATALOGUED, asked: Asked | None = None):
    return decide(Grant("P", "active", terms), edition, asked or at_noon())


def test_the_reasons_say_what_was_not_granted() -> None:
    text = replace(EVERYTHING, parts=frozenset({"text"}))
    assert asked_under(text) == Permitted(
        frozenset({"text"}), (("photos", Reason.PART_NOT_LICENSED),)
    )
    assert asked_under(EVERYTHING, asked=at_noon(Use.PRINT)) == Refused(Reason.USE_NOT_LICENSED)
    german = replace(CATALOGUED, locale="de")
    dutch = replace(EVERYTHING, locales=frozenset({"nl"}))
    assert asked_under(dutch, german) == Refused(Reason.NOT_LICENSED)


def test_photos_under_a_licence_are_those_that_may_be_passed_on() -> None:
    decision = asked_under(EVERYTHING)
    assert isinstance(decision, Permitted)
    assert decision.sublicensable_only
    public = decide(None, replace(CATALOGUED, level=FULL), Use.API)
    assert isinstance(public, Permitted)
    assert not public.sublicensable_only


def test_a_licence_is_for_the_current_edition_unless_one_is_pinned() -> None:
    older = replace(CATALOGUED, number=1, newest=False)
    assert asked_under(EVERYTHING, older) == Refused(Reason.NOT_LICENSED)
    pinned = replace(EVERYTHING, pinned={("a", "nl"): 1})
    assert isinstance(asked_under(pinned, older), Permitted)
    assert asked_under(pinned, CATALOGUED) == Refused(Reason.NOT_LICENSED)
    assert isinstance(asked_under(pinned, replace(CATALOGUED, locale="de")), Permitted)


def test_a_territory_counts_where_the_request_names_one() -> None:
    dutch = replace(EVERYTHING, territory=frozenset({"NL"}))
    assert isinstance(asked_under(dutch, asked=at_noon()), Permitted)
    assert isinstance(asked_under(dutch, asked=at_noon(territory="NL")), Permitted)
    assert asked_under(dutch, asked=at_noon(territory="BE")) == Refused(Reason.NOT_LICENSED)


def test_the_clinics_own_channel_has_what_is_issued_and_not_stopped() -> None:
    channel = Grant("", "active", None)
    assert parts(decide(channel, CATALOGUED, at_noon())) == set(PARTS)
    held = replace(CATALOGUED, status="held")
    assert decide(channel, held, at_noon()) == Refused(Reason.HELD)


def test_readers_read_and_programs_do_not_at_the_usual_level() -> None:
    usual = replace(CATALOGUED, level=READ)
    assert parts(decide(None, usual, Use.READER)) == set(PARTS)
    assert decide(None, usual, Use.API) == Refused(Reason.NOT_LICENSED)

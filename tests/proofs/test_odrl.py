"""The policy says what the terms say, in ODRL that processors understand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF

from patientinfo.licensing.models import Licence, LicenceVersion
from patientinfo.licensing.terms import LICENSABLE, PARTS, LicenceTerms, Party
from patientinfo.proofs.odrl import agreement_of
from patientinfo.proofs.odrl_profile import profile_document
from patientinfo.proofs.subjects import Subject, subjects_of
from tests.licences import make_terms
from tests.proofs.odrl_reading import expanded, graph_of, objections
from tests.proofs.samples import (
    ANKLE,
    CONDITIONS,
    CREDIT,
    DRY_NEEDLING,
    LICENSEE,
    LICENSOR,
    PRICE,
)

ODRL = Namespace("http://www.w3.org/ns/odrl/2/")
PI = Namespace("http://testserver/permissions/odrl-profile/1/#")
API = "http://testserver/api/v1/pages"


def agreement(licence: Licence) -> dict[str, Any]:
    version = licence.versions.select_related("licence").get()
    return agreement_of(version, subjects_of(version.terms))


def of_terms(terms: LicenceTerms, *subjects: Subject) -> dict[str, Any]:
    licence = Licence(number="P26-7KQ4-M9XD")
    version = LicenceVersion(
        licence=licence,
        version=1,
        data=terms.as_json(),
        digest=terms.digest,
        frozen_at=terms.first_moment,
    )
    return agreement_of(version, subjects)


def said_of(graph: Graph, rule: URIRef) -> dict[str, Any]:
    """Each constraint of a rule: operand → operator and values."""
    found: dict[str, Any] = {}
    for constraint in graph.objects(rule, ODRL.constraint):
        operand = str(graph.value(constraint, ODRL.leftOperand)).rpartition("/")[2]
        operator = str(graph.value(constraint, ODRL.operator)).rpartition("/")[2]
        right = graph.value(constraint, ODRL.rightOperand)
        is_list = (right, RDF.first, None) in graph
        values = list(Collection(graph, right)) if is_list else [right]
        found.setdefault(operand, []).append((operator, [str(value) for value in values]))
    return found


@pytest.fixture
def graph(sample: Licence) -> Graph:
    return graph_of(agreement(sample), profile_document())


@pytest.fixture
def uid(sample: Licence) -> str:
    return f"http://testserver/permissions/{sample.number}/"


def test_it_conforms_to_the_shapes(graph: Graph) -> None:
    assert objections(graph) == ""


def test_parties_are_organisations_and_no_people(graph: Graph, uid: str) -> None:
    fn = URIRef("http://www.w3.org/2006/vcard/ns#fn")
    assert graph.value(URIRef(f"{uid}#licensee"), fn) == Literal(LICENSEE.name)
    assert graph.value(URIRef(f"{uid}#licensor"), fn) == Literal(LICENSOR.name)
    text = graph.serialize(format="nt")
    for person in (LICENSEE.contact, LICENSEE.email, LICENSOR.contact, LICENSOR.email):
        assert person not in text


def test_one_permission_for_each_part(graph: Graph, uid: str) -> None:
    permissions = set(graph.objects(URIRef(uid), ODRL.permission))
    assert permissions == {URIRef(f"{uid}#{part}-permission") for part in PARTS}
    for part in PARTS:
        rule = URIRef(f"{uid}#{part}-permission")
        assert set(graph.objects(rule, ODRL.action)) == {PI.reproduce}
        assert set(graph.objects(rule, ODRL.target)) == {URIRef(f"{uid}#{part}")}


def test_the_target_is_each_leaflet_in_each_language(graph: Graph, uid: str) -> None:
    members = set(graph.subjects(ODRL.partOf, URIRef(f"{uid}#photos")))
    assert members == {
        URIRef(f"{API}/{DRY_NEEDLING}/en/#photos"),
        URIRef(f"{API}/{DRY_NEEDLING}/nl/#photos"),
        URIRef(f"{API}/{ANKLE}/en/#photos"),
        URIRef(f"{API}/{ANKLE}/nl/editions/1/#photos"),
    }
    dutch = URIRef(f"{API}/{DRY_NEEDLING}/nl/#photos")
    assert graph.value(dutch, DCTERMS.title) == Literal("Dry needling bij spierpijn", lang="nl")


def test_the_limits_are_constraints(graph: Graph, uid: str) -> None:
    assert said_of(graph, URIRef(f"{uid}#text-permission")) == {
        "dateTime": [
            ("gteq", ["2026-01-01T00:00:00+01:00"]),
            ("lt", ["2036-01-01T00:00:00+01:00"]),
        ],
        "purpose": [("isAnyOf", [str(PI.website), str(PI["print"]), str(PI["translate"])])],
        "language": [("isAnyOf", ["en", "nl"])],
        "spatial": [("isAnyOf", ["BE", "NL"])],
        "#printRun": [("lteq", ["500"])],
        "#edition": [("eq", [str(PI.asNamed)])],
    }


def test_duties_are_the_credit_line_and_withdrawal_on_recall(graph: Graph, uid: str) -> None:
    duty = graph.value(URIRef(f"{uid}#text-permission"), ODRL.duty)
    action = graph.value(duty, ODRL.action)
    assert graph.value(action, RDF.value) == ODRL.attribute
    refinement = graph.value(action, ODRL.refinement)
    lines = Collection(graph, graph.value(refinement, ODRL.rightOperand))
    assert set(lines) == {Literal(line, lang=code) for code, line in CREDIT.items()}
    for part in PARTS:
        owed = URIRef(f"{uid}#{part}-withdrawal")
        assert (URIRef(uid), ODRL.obligation, owed) in graph
        assert graph.value(owed, ODRL.action) == PI.withdraw
        assert said_of(graph, owed) == {"event": [("eq", [str(PI.recall)])]}


def test_what_is_not_allowed_is_prohibited(graph: Graph, uid: str) -> None:
    assert graph.value(URIRef(uid), ODRL.conflict) == ODRL.prohibit
    for part in PARTS:
        changing = URIRef(f"{uid}#{part}-no-adaptation")
        assert graph.value(changing, ODRL.action) == ODRL.derive
        assert said_of(graph, changing) == {"purpose": [("neq", [str(PI["translate"])])]}
        selling = graph.value(URIRef(f"{uid}#{part}-no-commercial"), ODRL.action)
        assert str(selling) == "http://creativecommons.org/ns#CommercialUse"


def test_words_between_the_parties_are_stated_in_their_language(graph: Graph, uid: str) -> None:
    assert graph.value(URIRef(uid), PI.conditions) == Literal(CONDITIONS, lang="en")
    assert graph.value(URIRef(uid), PI.price) == Literal(PRICE, lang="en")


def test_it_names_the_terms_by_their_digest(graph: Graph, uid: str, sample: Licence) -> None:
    assert graph.value(URIRef(uid), PI.termsDigest) == Literal(sample.terms_digest)
    assert graph.value(URIRef(uid), DCTERMS.identifier) == Literal(sample.number)


def test_what_is_allowed_is_not_prohibited() -> None:
    terms = make_terms(adaptation=True, commercial=True, parts=frozenset({"text"}))
    policy = of_terms(terms)
    assert policy["prohibition"] == []
    assert policy["permission"][0]["action"] == "pi:adapt"


def test_pictures_are_never_adapted() -> None:
    policy = of_terms(make_terms(adaptation=True))
    assert [rule["action"] for rule in policy["permission"]] == ["pi:adapt", "pi:reproduce"]


def test_without_an_end_or_limits_there_is_no_constraint_of_them() -> None:
    graph = graph_of(of_terms(make_terms(ends=None)))
    uid = "http://testserver/permissions/P26-7KQ4-M9XD/"
    found = said_of(graph, URIRef(f"{uid}#text-permission"))
    assert set(found) == {"dateTime", "purpose", "#edition"}
    assert found["purpose"] == [("eq", [str(PI.website)])]
    members = set(graph.subjects(ODRL.partOf, URIRef(f"{uid}#text")))
    assert members == {URIRef(f"{API}/#text")}


def test_every_term_that_is_used_is_defined_in_the_profile(graph: Graph) -> None:
    defined = set(graph_of(profile_document()).subjects())
    used = {
        term
        for triple in graph
        for term in triple
        if isinstance(term, URIRef) and term.startswith(str(PI))
    }
    assert used <= defined


def test_every_action_of_the_profile_says_what_it_is_included_in() -> None:
    profile = graph_of(profile_document())
    for action in profile.subjects(RDF.type, ODRL.Action):
        assert list(profile.objects(action, ODRL.includedIn)) == [ODRL.use]
    for use in LICENSABLE:
        assert list(profile.objects(PI[use], PI.takes))


def keys_of(value: Any) -> set[str]:
    """Every name that a policy uses, but for JSON-LD's own."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    if not isinstance(value, dict):
        return set()
    inner = {key: part for key, part in value.items() if not key.startswith("@")}
    return set(inner).union(*map(keys_of, value.values()))


def test_every_name_stands_for_something(sample: Licence) -> None:
    """A name that no context knows vanishes silently, and with it what it said."""
    policy = agreement(sample)
    context = policy.pop("@context")
    names = keys_of(policy) - {"uid", "member"}  # another name for @id, and a turned one
    assert {"permission", "pi:termsDigest", "rightOperand", "dct:title"} <= names
    lost = [name for name in names if not expanded({"@context": context, name: "urn:x"})]
    assert lost == []
    assert not expanded({"@context": context, "unheard": "urn:x"})


def test_the_shapes_object_to_what_is_wrong(sample: Licence) -> None:
    """They prove nothing unless they can fail."""
    policy = agreement(sample)
    rule = policy["permission"][0]
    constraint = rule["constraint"][0]

    def with_rule(**changes: Any) -> dict[str, Any]:
        return {**policy, "permission": [{**rule, **changes}]}

    without_party = {key: value for key, value in rule.items() if key != "assignee"}
    wrong = {
        "two actions": with_rule(action=["pi:adapt", "print"]),
        "no action": with_rule(action=[]),
        "two targets": with_rule(target=["urn:x:1", "urn:x:2"]),
        "no target": with_rule(target=[]),
        "no party": {**policy, "permission": [without_party]},
        "no operator": with_rule(constraint=[{**constraint, "operator": []}]),
        "an unknown operator": with_rule(constraint=[{**constraint, "operator": "pi:about"}]),
        "two operands": with_rule(constraint=[{**constraint, "rightOperand": ["a", "b"]}]),
        "a list for one value": with_rule(
            constraint=[{**constraint, "rightOperand": {"@list": ["a", "b"]}}]
        ),
        "two strategies": {**policy, "conflict": ["prohibit", "perm"]},
        "no rules": {**policy, "permission": [], "prohibition": [], "obligation": []},
        "a rule of two kinds": with_rule(**{"@type": ["Permission", "Prohibition"]}),
    }
    assert [what for what, bad in wrong.items() if objections(graph_of(bad)) == ""] == []


_codes = st.frozensets(st.sampled_from(["NL", "BE", "DE", "GB"]), min_size=1)
_locales = st.frozensets(st.sampled_from(["en", "nl", "ar", "pt-BR"]), min_size=1)


@settings(max_examples=12)
@given(
    parts=st.frozensets(st.sampled_from(PARTS), min_size=1),
    uses=st.dictionaries(
        st.sampled_from([str(use) for use in LICENSABLE]),
        st.just({"run": 3}) | st.just({}),
        min_size=1,
    ),
    locales=st.none() | _locales,
    territory=st.none() | _codes,
    leaflets=st.none() | st.just(frozenset({DRY_NEEDLING, ANKLE})),
    ends=st.none() | st.just(date(2030, 2, 28)),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    credit=st.dictionaries(st.sampled_from(["en", "nl"]), st.just("© a"), max_size=2),
)
def test_every_licence_conforms(flags: tuple[bool, bool, bool], **terms: Any) -> None:
    adaptation, commercial, pins = flags
    made = LicenceTerms(
        licensee=Party("A"),
        licensor=Party("B"),
        starts=date(2026, 1, 1),
        adaptation=adaptation,
        commercial=commercial,
        pinned={(ANKLE, "nl"): 2} if pins else {},
        **terms,
    )
    subjects = [Subject(key, {"en": "Title"}) for key in made.leaflets or ()]
    assert objections(graph_of(of_terms(made, *subjects))) == ""

"""An edition at its number, in a channel: for whoever is bound to it, until it is taken back."""

from __future__ import annotations

import pytest

from patientinfo.editions.actions import withdraw_leaflet
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.editions.redaction import redact_edition
from patientinfo.licensing.access_keys import issue_key
from patientinfo.licensing.actions import revoke_licence
from patientinfo.licensing.models import UsageCount
from tests import builders
from tests.licences import make_licence

pytestmark = pytest.mark.django_db
WORLD = "page"
OLD, NEW = "These are the words of old.", "These are new words."


@pytest.fixture(autouse=True)
def usual_level(level):
    level("read")


@pytest.fixture
def number(page):
    """The edition that is the newest for now."""
    builders.reword(page, {"trigger/text": f"<p>{OLD}</p>"})
    return CatalogueEntry.objects.get(key=page.translation_key, locale="en").number


@pytest.fixture
def pinned(page, number):
    """A licence for a screen and for that edition alone."""
    return make_licence(uses={"screen": {}}, pinned={(str(page.translation_key), "en"): number})


@pytest.fixture
def ask(get, page):
    """`ask(licence, path)`: GET below the leaflet's address, or at a whole one."""
    keys = {}

    def fetch(licence, path="", headers=None):
        if licence and licence.pk not in keys:
            keys[licence.pk] = issue_key(licence, "Screen", by="a test")[1]
        bearer = {"Authorization": f"Bearer {keys[licence.pk]}"} if licence else {}
        below = path.rpartition("/api/v1/")[2] if "://" in path else f"{at(page)}{path}"
        return get(below, {**bearer, **(headers or {})})

    return fetch


def at(page):
    return f"pages/{page.translation_key}/en/"


def renew(page):
    builders.reword(page, {"trigger/text": f"<p>{NEW}</p>"})


@pytest.fixture
def slides(ask, page, pinned, number):
    """What a screen has, of which a later edition was issued since, and asks for again."""
    deck = ask(pinned, "renditions/screen/").json()
    assert deck["refresh_url"].endswith(f"/{at(page)}editions/{number}/renditions/screen/")
    renew(page)
    return deck


def test_a_screen_goes_on_with_the_edition_that_it_is_bound_to(ask, pinned, slides):
    again = ask(pinned, slides["refresh_url"])
    assert again.status_code == 200
    deck = again.json()
    assert (deck["edition"], deck["digest"]) == (slides["edition"], slides["digest"])
    assert (deck["refresh_url"], deck["valid_until"], deck["credit"]) == (
        slides["refresh_url"],
        slides["valid_until"],
        slides["credit"],
    )
    words = again.content.decode()
    assert OLD in words
    assert NEW not in words
    assert "This is an earlier edition" in words
    unchanged = ask(pinned, slides["refresh_url"], {"If-None-Match": again["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    counted = UsageCount.objects.filter(licence=pinned, channel="screen")
    assert set(counted.values_list("edition", flat=True)) == {slides["edition"]}


def test_a_screen_that_is_bound_to_none_follows_the_newest(ask, page, number):
    licence = make_licence(uses={"screen": {}})
    deck = ask(licence, "renditions/screen/").json()
    assert deck["refresh_url"].endswith(f"/{at(page)}renditions/screen/")
    renew(page)
    again = ask(licence, deck["refresh_url"])
    assert NEW in again.content.decode()
    newest = ask(licence, f"editions/{number + 1}/renditions/screen/")
    assert (newest.content, newest["ETag"]) == (again.content, again["ETag"])


def test_an_edition_that_was_withdrawn_is_off_the_screen(
    ask, assert_problem, page, pinned, slides, number
):
    withdraw_leaflet(page.translation_key, "en", "It was wrong.")
    assert_problem(ask(pinned, slides["refresh_url"]), "withdrawn")
    builders.reword(page, {"trigger/text": "<p>Right at last.</p>"})
    # The leaflet is shown again, the edition that was withdrawn is not; ours was another.
    assert ask(pinned, slides["refresh_url"]).status_code == 200
    key = str(page.translation_key)
    bound = make_licence(pinned.licensee, uses={"screen": {}}, pinned={(key, "en"): number + 1})
    gone = ask(bound, f"editions/{number + 1}/renditions/screen/")
    problem = assert_problem(gone, "withdrawn", edition=number + 1)
    assert problem["replacement_url"].endswith(at(page))


@pytest.mark.parametrize("standing", ["held", "recalled", "redacted"])
def test_what_nobody_is_shown_is_off_the_screen(ask, assert_problem, pinned, slides, standing):
    CatalogueEntry.objects.update(status=standing)
    assert_problem(ask(pinned, slides["refresh_url"]), standing)


def test_a_redacted_edition_is_off_the_screen(ask, assert_problem, pinned, slides, number):
    edition = Edition.objects.get(locale="en", number=number)
    redact_edition(edition, ["block:trigger"], by="a test", reason="A court")
    assert_problem(ask(pinned, slides["refresh_url"]), "redacted")


def test_a_licence_that_was_revoked_shows_nothing(ask, assert_problem, pinned, slides):
    revoke_licence(pinned, by="a test", reason="Not paid")
    assert_problem(ask(pinned, slides["refresh_url"]), "licence-not-in-force", reason="revoked")


def test_it_is_for_whoever_may_have_that_edition(ask, assert_problem, level, page, slides, number):
    older = f"editions/{number}/renditions/text/"
    assert_problem(ask(make_licence(), older), "not-licensed")
    assert_problem(ask(None, older), "not-licensed")
    level("full")
    open_to_all = ask(None, older)
    assert OLD in open_to_all.content.decode()
    assert open_to_all["Content-Location"].endswith(f"{at(page)}{older}")
    deck = ask(None, f"editions/{number}/renditions/screen/").json()
    assert deck["refresh_url"].endswith(f"/editions/{number}/renditions/screen/")


def test_a_use_that_was_not_granted_is_refused(ask, assert_problem, pinned, number):
    assert_problem(ask(pinned, f"editions/{number}/renditions/pdf/"), "not-licensed")


@pytest.mark.parametrize("wrong", [9, 2**31, 2**70])
def test_an_edition_that_is_not_there(ask, assert_problem, number, wrong):
    answer = ask(None, f"editions/{wrong}/renditions/text/")
    assert_problem(answer, "no-such-edition", newest=number)
    assert_problem(ask(None, f"editions/{number}/renditions/fax/"), "no-such-channel")

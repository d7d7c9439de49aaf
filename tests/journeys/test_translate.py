"""A number changes in the original; nobody reads the old one in another language meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

import pytest
from playwright.sync_api import Locator, Route, expect

from home.management.commands.load_sample import DEVELOPMENT_PASSWORD
from tests.fixtures_desk import PASSWORD, make_member
from tests.journeys.browser import Visitor
from tests.journeys.editor import choose, open_leaflet, reword, section
from tests.journeys.judges import axe_complaints

pytestmark = pytest.mark.browser

SECTION = "What can I expect following a treatment?"
OLD = "Avoid strenuous activities for 1 to 2 days."
NEW = "Avoid strenuous activities for 3 to 4 days."
OLD_ARABIC = "تجنب الأنشطة المجهدة لمدة يوم إلى يومين."
NEW_ARABIC = "تجنب الأنشطة المجهدة لمدة ثلاثة إلى أربعة أيام."
PAGE = "/ar/dry-needling/"
FINDING = "The source says “3”, the translation “يومين”."
SECTION_ID = "after-a-treatment"
LINE = '[data-line="avoid-strenuous-activities/text"]'
TOLD = "[data-desk-live]"  # what the desk says of an act, also to those who do not see it


@pytest.fixture(scope="module", autouse=True)
def team(clinic: str) -> None:
    """Three people who work on Arabic, each in one way; made before the browser is there."""
    for name, act in (("salma", "translate"), ("karim", "check"), ("amal", "sign_off")):
        make_member(name, "ar", act, person=True)


class Turn(Protocol):
    """Signs somebody in at a window of their own, as people who share no computer do."""

    def __call__(self, name: str, password: str = PASSWORD) -> Visitor: ...


@pytest.fixture
def turn_of(open_window: Callable[..., Visitor]) -> Turn:
    def sign_in(name: str, password: str = PASSWORD) -> Visitor:
        member = open_window()
        member.sign_in(name, password)
        return member

    return sign_in


def open_desk(visitor: Visitor) -> Locator:
    """From the menu to the leaflet's Arabic desk; the line with the number in it."""
    page = visitor.page
    visitor.choose_in_menu("Translations", "/admin/translations/")
    leaflet = page.get_by_role("rowheader", name="Dry needling", exact=True)
    row = page.get_by_role("row").filter(has=leaflet)
    row.get_by_role("link", name="%").click()  # only the language that this person works on
    heading = page.get_by_role("main").get_by_role("heading", name="Translate “Dry needling” into")
    expect(heading.first).to_be_visible()
    return page.locator(LINE)


def arabic(visitor: Visitor) -> Any:
    """What a program gets of the Arabic leaflet."""
    listed = visitor.read("/api/v1/pages/?locale=ar")["items"]
    key = next(entry["key"] for entry in listed if entry["slug"] == "dry-needling")
    return visitor.read(f"/api/v1/pages/{key}/ar/")


def change_the_number(visitor: Visitor) -> None:
    """What an editor does in Wagtail: other words, and how much they matter."""
    page = visitor.page
    open_leaflet(visitor, "English", "Dry needling")
    fields = section(visitor, SECTION).locator(".Draftail-Editor").get_by_role("textbox")
    place = fields.all_inner_texts().index(OLD)
    reword(fields.nth(place), NEW)
    page.get_by_role("tab", name="Publishing").click()
    with page.expect_response(lambda answer: answer.request.method == "POST"):  # it saves itself
        page.get_by_label("How much the change matters").select_option("safety")
    choose(visitor, "Publish")
    expect(page.get_by_text("has been published")).to_be_visible()


def expect_held(visitor: Visitor) -> None:
    """Programs and readers get the catalogue entry, the reason, and the way to the original."""
    page, answer = visitor.page, arabic(visitor)
    assert answer["meta"]["status"] == "held"
    assert answer["meta"]["source"]["behind"] == [SECTION_ID]
    assert "document" not in answer
    assert len(answer["outline"]) == 9
    assert {part["reason"] for part in answer["withheld"]} == {"held"}
    original = next(other for other in answer["meta"]["translations"] if other["locale"] == "en")
    assert (original["status"], original["edition"]) == ("current", 2)

    visitor.go(PAGE)
    banner = page.get_by_role("complementary", name="حالة هذه النشرة")
    expect(banner).to_contain_text("هذه النشرة موقوفة مؤقتًا")
    expect(page.get_by_text(OLD_ARABIC)).to_have_count(0)
    banner.get_by_role("link").click()
    expect(page).to_have_url(f"{visitor.site}/en/dry-needling/")
    expect(page.get_by_text(NEW)).to_be_visible()


def expect_stopped(visitor: Visitor) -> None:
    """The finding says what is wrong, and nobody can get past it."""
    page = visitor.page
    findings = page.locator(LINE).locator(".pd-blocking")
    expect(findings.first).to_contain_text(f"Must be solved: {FINDING}")
    expect(page.get_by_role("region", name="Sign-off")).to_contain_text(FINDING)
    for act in ("Checked: it is right", "Sign off and publish"):
        expect(page.get_by_role("button", name=act)).to_have_count(0)


def leave_the_old_number(visitor: Visitor) -> None:
    """The translator sees what changed, saves the old words all the same, and is told."""
    line = open_desk(visitor)
    changed = line.locator(".pd-diff")
    assert changed.locator("del").all_inner_texts() == ["1", "2"]
    assert changed.locator("ins").all_inner_texts() == ["3", "4"]
    expect(line.get_by_role("textbox").first).to_have_value(OLD_ARABIC)
    line.get_by_role("button", name="Save", exact=True).click()
    expect_stopped(visitor)


def correct_it(visitor: Visitor) -> None:
    """The translator saves other words, and a remark that is only begun outlives that."""
    line = open_desk(visitor)
    line.locator(".pd-comments summary").click()
    line.get_by_label("Comment", exact=True).fill("Longer than")
    line.get_by_role("textbox").first.fill(NEW_ARABIC)
    line.get_by_role("button", name="Save", exact=True).click()
    expect(line.locator(".pd-findings")).to_have_count(0)
    expect(line.locator(".pd-badge")).to_have_text("Translated")
    expect(line.get_by_label("Comment", exact=True)).to_have_value("Longer than")
    line.get_by_label("Comment", exact=True).fill("Longer than before.")
    line.get_by_role("button", name="Add comment").click()
    expect(line.locator(".pd-comments")).to_contain_text("Longer than before.")
    expect(line.get_by_label("Comment", exact=True)).to_have_value("")


def check_it(visitor: Visitor) -> None:
    line = open_desk(visitor)
    line.get_by_role("button", name="Checked: it is right").click()
    expect(line.locator(".pd-badge")).to_have_text("Checked")


def sign_it_off(visitor: Visitor) -> None:
    open_desk(visitor)
    visitor.page.get_by_role("button", name="Sign off and publish").click()
    told = visitor.page.get_by_text("Signed off and published as a new edition.")
    expect(told).to_be_visible()


def expect_current(visitor: Visitor) -> None:
    """The new edition is what programs and readers get, with the name of who answers for it."""
    page, answer = visitor.page, arabic(visitor)
    document = answer["document"]
    assert (answer["meta"]["status"], answer["meta"]["edition"]) == ("current", 2)
    assert NEW_ARABIC in json.dumps(document, ensure_ascii=False)
    assert document["source"]["edition"] == 2
    assert "Amal (fictional)" in [person["name"] for person in document["people"]["approvers"]]
    visitor.go(PAGE)
    page.reload()  # the browser keeps a page for a minute, and has the one of before
    expect(page.get_by_text(NEW_ARABIC)).to_be_visible()
    expect(page.get_by_text(OLD_ARABIC)).to_have_count(0)


def test_a_safety_change_holds_a_translation_until_it_is_right(
    visitor: Visitor, turn_of: Turn
) -> None:
    assert arabic(visitor)["meta"]["status"] == "current"
    change_the_number(turn_of("admin", DEVELOPMENT_PASSWORD))
    expect_held(visitor)

    leave_the_old_number(turn_of("salma"))
    for name in ("karim", "amal"):
        member = turn_of(name)
        open_desk(member)
        expect_stopped(member)
    assert arabic(visitor)["meta"]["status"] == "held"

    correct_it(turn_of("salma"))
    check_it(turn_of("karim"))
    assert arabic(visitor)["meta"]["status"] == "held"
    sign_it_off(turn_of("amal"))
    expect_current(visitor)


def open_other_desk(visitor: Visitor) -> Locator:
    """The Arabic desk of a leaflet that no other journey changes; its text fields."""
    page = visitor.page
    visitor.choose_in_menu("Translations", "/admin/translations/")
    leaflet = page.get_by_role("rowheader", name="Dry needling and acupuncture compared")
    page.get_by_role("row").filter(has=leaflet).get_by_role("link", name="%").click()
    expect(page.get_by_role("main").get_by_role("heading", name="Translate “")).to_be_visible()
    page.wait_for_load_state()
    return page.locator("[data-text]")


def test_what_is_typed_while_the_site_answers_stays_where_it_was_typed(turn_of: Turn) -> None:
    member = turn_of("salma")
    page, fields = member.page, open_other_desk(member)
    saves: list[Route] = []

    def hold(route: Route) -> None:
        saves.append(route)

    page.route("**/save/", hold)
    fields.first.fill("One")
    for field, words in ((fields.first, " and more"), (fields.nth(3), "Two"), (fields.last, "")):
        with page.expect_request("**/save/"):
            page.keyboard.press("Control+Enter")
        field.press("Control+End")
        page.keyboard.type(words)
        saves.pop().continue_()
        expect(page.locator(TOLD)).to_have_text("Translated")
        expect(field).to_be_focused()
    expect(fields.first).to_have_value("One and more")
    page.unroute("**/save/")
    fields.last.press("Control+Enter")
    expect(page.locator(TOLD)).to_have_text("Checked")
    expect(fields.last).to_be_focused()


def test_keys_that_write_letters_replace_no_words_and_those_that_do_are_undone(
    turn_of: Turn,
) -> None:
    member = turn_of("salma")
    field = open_other_desk(member).nth(3)
    assert axe_complaints(member.page) == []
    field.fill("Typed")
    field.press("Control+Alt+KeyC")  # as AltGr is told where it writes a letter
    expect(field).to_have_value("Typed")
    field.press("Alt+KeyC")
    expect(field).not_to_have_value("Typed")
    field.press("Control+KeyZ")
    expect(field).to_have_value("Typed")


def test_who_was_signed_out_while_typing_signs_in_elsewhere_and_saves(turn_of: Turn) -> None:
    member = turn_of("salma")
    page, fields = member.page, open_other_desk(member)
    fields.nth(4).fill("Typed for an hour")
    page.context.clear_cookies()
    fields.nth(4).press("Control+Enter")
    expect(page.locator(TOLD)).to_contain_text("you are not signed in any more")
    expect(fields.nth(4)).to_have_value("Typed for an hour")

    Visitor(page.context.new_page(), member.site).sign_in("salma", PASSWORD)
    fields.nth(4).press("Control+Enter")
    expect(page.locator(TOLD)).to_have_text("Translated")
    expect(fields.nth(4)).to_have_value("Typed for an hour")
    assert all(" 403 " in told for told in member.complaints)  # the answers to both first tries
    member.complaints.clear()

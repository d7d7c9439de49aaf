"""What an editor does in Wagtail's edit view, in the words of the screen."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.journeys.browser import PATIENCE, Visitor

#: Wagtail compares a form with what it was some seconds after loading, and looks twice. What is
#: typed earlier is taken for what was there: no draft of it is stored until a button is pressed.
#: Then it looks twice a second, and a draft may be stored in the middle of a sentence: all is
#: stored if nothing was typed or sent for longer than it takes to look and to begin sending.
NOTE_WATCHING = """
const notes = () => document.documentElement.dataset;
let quiet, still;
document.addEventListener("w-unsaved:watch-edits", () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => { notes().watching = "yes"; }, 1000);
});
const stir = () => {
    clearTimeout(still);
    delete notes().stored;
    still = setTimeout(() => {
        const form = document.querySelector("[data-w-autosave-state-value]");
        if (form && form.dataset.wAutosaveStateValue === "saved") notes().stored = "yes";
    }, 1500);
};
for (const name of ["keydown", "input", "w-unsaved:add", "w-autosave:save", "w-autosave:success"]) {
    document.addEventListener(name, stir, true);
}
"""


def open_leaflet(visitor: Visitor, language: str, title: str) -> None:
    """From the list of all pages to one leaflet's edit view; `language` by its own name."""
    page = visitor.page
    page.add_init_script(NOTE_WATCHING)
    visitor.go("/admin/pages/")
    front_page = page.get_by_role("row").filter(has_text=language)
    front_page.get_by_role("link", name="Explore child pages").click()
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("tab", name="Content")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-watching", "yes", timeout=PATIENCE)


def saved(page: Page) -> None:
    """Waits until the draft of what was typed is stored, so that nothing else is on its way."""
    expect(page.locator("html")).to_have_attribute("data-stored", "yes", timeout=PATIENCE)


def section(visitor: Visitor, heading: str) -> Locator:
    """The section with this heading, opened."""
    title = visitor.page.get_by_role("heading", name=f"Section {heading}")
    panel = visitor.page.locator("section.w-panel").filter(has=title).last
    toggle = panel.get_by_role("button", name="Toggle section").first
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    return panel


def reword(words: Locator, text: str) -> None:
    """Puts other words into a rich text, by keyboard."""
    words.click()
    words.press("Control+A")
    words.press_sequentially(text)
    expect(words).to_have_text(text)
    saved(words.page)


def choose(visitor: Visitor, action: str) -> None:
    """One of the actions at the foot of the edit view: Publish, Submit to …"""
    visitor.page.get_by_role("button", name="More actions").last.click()
    visitor.page.get_by_role("button", name=action, exact=True).click()

"""The sample on a waiting-room screen: every slide of every language is seen whole."""

from __future__ import annotations

import pytest

from tests.channels.test_screen_player import CUT_OFF

pytestmark = pytest.mark.browser

SMALL = {"width": 1280, "height": 720}


@pytest.mark.parametrize("locale", ["en", "nl", "de", "es", "ar"])
def test_no_slide_is_cut_off(open_window, locale):
    visitor = open_window()
    visitor.page.set_viewport_size(SMALL)
    address = f"{visitor.site}/{locale}/dry-needling/screen/"
    visitor.page.goto(address)
    visitor.page.locator(".slide--title").wait_for()
    slides = visitor.page.evaluate("fetch('slides/').then((answer) => answer.json())")["slides"]
    assert len(slides) > 20
    assert visitor.page.evaluate(CUT_OFF, len(slides)) == []

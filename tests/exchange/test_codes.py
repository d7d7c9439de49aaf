"""Tags and links of a translation are those of its source, in any place but whole."""

import pytest

from patientinfo.exchange.codes import code_problem
from patientinfo.formats.segments import Segment

LINK = '<a href="https://clinic.example/x">'
SOURCE = f"See {LINK}our <strong>page</strong></a> &amp; H<sub>2</sub>O<br>now"


def problem(target: str, source: str = SOURCE, *, inline: bool = True) -> str:
    return code_problem(Segment("a/text", source, "a", "paragraph", inline=inline), target)


@pytest.mark.parametrize(
    "target",
    [
        f"H<sub>2</sub>O<br> en {LINK}<strong>bladzijde</strong> van ons</a>",
        f"H<sub>2</sub>O & <br>{LINK}<strong>&lt;b&gt;</strong></a> 3 > 2",
    ],
)
def test_tags_may_move(target: str) -> None:
    assert problem(target) == ""


ENGLISH, DUTCH = (f'<a href="https://clinic.example/{code}/pain">' for code in ("en", "nl"))
ARABIC = ENGLISH.replace("/en/", "/ar/")


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        (f"{ENGLISH}pain</a>", f"{DUTCH}pijn</a>", ""),
        (f"{ENGLISH}pain</a>", f"{ENGLISH}pijn</a>", ""),
        (f"{ENGLISH}one</a> {ENGLISH}two</a>", f"{DUTCH}een</a> {ENGLISH}twee</a>", ""),
        (f"{ENGLISH}pain</a>", f"{ARABIC}pijn</a>", f"lacks {ENGLISH} and adds {ARABIC}"),
        (f"{ENGLISH}pain</a>", f"{DUTCH}pijn</a> {DUTCH}x</a>", f"adds </a> {DUTCH};"),
        (f"{ENGLISH}one</a> {ENGLISH}two</a>", f"{DUTCH}een</a> twee", f"lacks </a> {ENGLISH};"),
    ],
)
def test_a_link_may_lead_to_the_page_of_its_own_language(
    source: str, target: str, told: str
) -> None:
    segment = Segment("a/text", source, "a", "paragraph", inline=True)
    found = code_problem(segment, target, languages=("en", "nl"))
    assert told in found if told else found == ""


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (f"{LINK}<strong>x</strong></a> H<sub>2</sub>O", "lacks <br>"),
        ("<strong>x</strong> H<sub>2</sub>O<br>", f"lacks </a> {LINK}"),
        (f"{LINK}<b>x</b></a> H<sub>2</sub>O<br>", "lacks </strong> <strong>;"),
        (
            f"{LINK.replace('/x', '/y')}<strong>x</strong></a> H<sub>2</sub>O<br>",
            f'lacks {LINK} and adds <a href="https://clinic.example/y">',
        ),
        (f"{LINK}<strong>x</strong></a> H<sub>2</sub>O<br><br>", "adds <br>"),
        (f"{LINK}<strong>x</strong></a> H<sub>2</sub>O<br><em>n</em>", "adds </em> <em>"),
        (f"{LINK}<strong>x</a></strong> H<sub>2</sub>O<br>", "not closed in the order"),
        (f"{LINK}</strong>x<strong></a> H<sub>2</sub>O<br>", "not closed in the order"),
        (f"{LINK}<strong>x</strong></a> H<sub>2</sub>O<br> 2 < 3", 'has a "<" that is no tag'),
        (
            f"{LINK}<strong>x</strong></a> H<sub>2</sub>O<br><script>x</script>",
            'has a "<" that is no tag',
        ),
        (f'{LINK[:-1]} class="x"><strong>x</strong></a> H<sub>2</sub>O<br>', "adds <a href="),
    ],
)
def test_a_lost_added_or_changed_tag_is_named(target: str, words: str) -> None:
    assert words in problem(target)


def test_plain_text_takes_no_tags_but_any_sign() -> None:
    assert problem("Naalden & spieren: 2 < 3", "Needles & muscles", inline=False) == ""
    assert "adds </strong> <strong>" in problem("<strong>x</strong>", "x", inline=False)

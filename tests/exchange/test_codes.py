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

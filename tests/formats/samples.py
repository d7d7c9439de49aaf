"""A leaflet for translators, tricky texts, and every file that an exchange format must carry."""

from dataclasses import replace

from hypothesis import strategies as st

from patientinfo.formats.exchange import (
    FORBIDDEN,
    STATES,
    TranslationFile,
    Unit,
    one_line,
    remarks,
    target_mark,
)

KEY = "0b7f6a52-8a1e-4d7c-9b55-0f6a1c2d3e4f"
DIGEST = "sha256:" + "0123456789abcdef" * 4

NEEDLE = Unit(
    path="tiny-needle/text",
    source="Dry needling uses a <strong>tiny</strong> needle.",
    target="يستخدم الوخز بالإبر الجافة إبرة <strong>صغيرة</strong>.",
    section="What is dry needling?",
    note="paragraph",
)
LEAFLET = TranslationFile(
    key=KEY,
    source_locale="en",
    locale="ar",
    source_edition=3,
    source_digest=DIGEST,
    title="Dry needling — “what” is it?",
    units=(
        Unit(
            "title", "Dry needling", "الوخز بالإبر الجافة", "", "title of the leaflet", inline=False
        ),
        NEEDLE,
        Unit("soreness/text", "Soreness lasts 1 to 2 days.", "", "Side effects", "list item"),
        Unit(
            "effect/text",
            "20 % of people feel a {small} cramp.",
            "يشعر 20 %\u200f من الناس",
            "Side effects",
            "list item",
            fuzzy=True,
            previous_source="10 % of people feel a cramp.",
            comments=("Is it 10 or 20?", "20, see the new edition."),
        ),
    ),
    issued_at="2026-11-23T12:00:30Z",
)
TRICKY = [
    'say "no"',
    "back\\slash\\n",
    "two\nlines",
    "\nfirst",
    "last\n",
    "tab\there",
    "#, fuzzy",
    '#~ msgid "x"',
    'msgid "x"',
    "a -- b  two spaces",
    "\u200fright\u2069 to \u2068left",
    "💉 👩‍⚕️",
    "line\u2028sep\x85end",
    "%(name)s {x} % d",
    " ",
    "word " * 400,
]
#: Texts that a format of XML or of cells could take for something else.
MARKUP = [
    "R&amp;D &lt;b&gt;",
    "a & b < c > d",
    "&amp;amp; &quot; &nbsp; &#65; &amp",
    "]]> <![CDATA[ x ]]> <!-- y --> <?z?>",
    '<a href="https://example.org/?a=1&amp;b=&quot;2&quot;">a <em>b <strong>c</strong></em></a>',
    "<strong>half",
    "other</em> half",
    "<strong>over<em>lap</strong>ped</em>",
    "H<sub>2</sub>O<br>CO<sub>2</sub>, 10<sup>3</sup><br>",
    "<br>",
    "<strong></strong><strong> </strong>",
    "<script>alert(1)</script><a href='x'>y</a><STRONG>z</STRONG>",
    "=1+1",
    "+31 (0)20",
    "-5 to -2 °C",
    "@SUM(A1)",
    "#N/A",
    "TRUE",
    "١ إلى ٢ أيام",
    "\u202bمرحبا <em>hello</em> بك\u202c",
]
PLAIN = st.characters(exclude_categories=["Cs"]).filter(lambda c: not FORBIDDEN.match(c))
TEXTS = st.one_of(st.text(PLAIN), st.sampled_from(TRICKY), st.sampled_from(MARKUP))
#: Texts in which tags and entities are as frequent as words.
INLINE = st.lists(
    st.sampled_from(
        [
            *("<strong>", "</strong>", "<em>", "</em>", "<sub>", "</sub>", "<br>", "</a>"),
            *('<a href="https://example.org/a">', '<a href="tel:+31">', "&amp;", "&lt;", "&", "<"),
            *("words", "كلمات", " ", "\n", "💉"),
        ]
    ),
    max_size=12,
).map("".join)
LABELS = st.one_of(st.text(PLAIN), st.sampled_from(TRICKY)).map(one_line)
UNITS = st.builds(
    Unit,
    path=TEXTS.filter(bool),
    source=st.one_of(TEXTS, INLINE).filter(bool),
    target=st.one_of(TEXTS, INLINE),
    section=LABELS,
    note=LABELS,
    fuzzy=st.booleans(),
    previous_source=st.one_of(TEXTS, INLINE),
    comments=st.lists(LABELS, max_size=3).map(remarks),
    inline=st.booleans(),
    exported=st.sampled_from(
        ["", *(target_mark("as it went out", finished=finished) for finished in (False, True))]
    ),
)
STATED_UNITS = st.builds(
    replace,
    UNITS,
    state=st.sampled_from(STATES),
)


def files(units: st.SearchStrategy[Unit]) -> st.SearchStrategy[TranslationFile]:
    return st.builds(
        TranslationFile,
        key=st.uuids().map(str),
        source_locale=st.sampled_from(["en", "pt-br"]),
        locale=st.sampled_from(["nl", "ar", "pt-br", "zh-Hans", "tlh"]),
        source_edition=st.integers(1, 999_999_999),
        source_digest=st.binary(min_size=32, max_size=32).map(lambda b: "sha256:" + b.hex()),
        title=LABELS,
        units=st.lists(units, max_size=6, unique_by=lambda unit: unit.path).map(tuple),
        issued_at=st.sampled_from(["", "2026-11-23T12:00:30Z", "1999-01-01T00:00:00+02:00"]),
        about=st.lists(LABELS, max_size=3).map(tuple),
    )


#: Files of units without a state, which PO has none of, and of units with one.
FILES, STATED_FILES = files(UNITS), files(STATED_UNITS)


def tricky_units() -> tuple[Unit, ...]:
    """A unit for every text that could be taken for something else, as HTML and as plain text."""
    return tuple(
        Unit(
            f"tricky-{number}-{inline}/text",
            text,
            text,
            one_line(text),
            one_line(text),
            number % 2 == 0,
            text,
            state=STATES[number % len(STATES)],
            comments=remarks([text]),
            inline=inline,
        )
        for number, text in enumerate([*TRICKY, *MARKUP])
        for inline in (True, False)
    )

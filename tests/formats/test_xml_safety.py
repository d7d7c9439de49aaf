"""XML that would harm its reader is refused before it is parsed, and said why."""

import time

import pytest

from patientinfo.formats.exchange import Faults, FileRefused
from patientinfo.formats.xml_safety import PROLOG_BYTES, parse_xml

LAUGHS = b"""<?xml version="1.0"?>
<!-- a joke -->
<!DOCTYPE lolz [
  <!ENTITY lol "lol">
  <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
  <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
]>
<a>&lol3;</a>"""
XXE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def problems_of(data: bytes, max_bytes: int = 100_000) -> list[tuple[int, str]]:
    with pytest.raises(FileRefused) as refused:
        parse_xml(data, Faults("a.xml"), max_bytes)
    assert {problem.file for problem in refused.value.problems} == {"a.xml"}
    return [(problem.line, problem.reason) for problem in refused.value.problems]


def test_plain_xml_is_read() -> None:
    data = '\ufeff<?xml version="1.0" encoding="utf-8"?>\n<!-- c -->\n<?p i?>\n<a>é<!-- x -->ü</a>'
    assert parse_xml(data.encode(), Faults("a.xml"), 1000).text == "éü"


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (LAUGHS, 3, "document type"),
        (XXE, 1, "document type"),
        (b'<!doctype a SYSTEM "http://example.org/a.dtd"><a/>', 1, "document type"),
        (b"<?x?><!-- > --> \n<!DOCTYPE a><a/>", 2, "document type"),
        (LAUGHS.decode().encode("utf-16"), 1, "UTF-16"),
        (LAUGHS.decode().encode("utf-16-le"), 1, "UTF-16"),
        (LAUGHS.decode().encode("utf-16-be"), 1, "UTF-16"),
        (LAUGHS.decode().encode("utf-32-le"), 1, "UTF-16"),
        (b'<?xml version="1.0" encoding="utf-7"?>\n<a/>', 1, "it is utf-7"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<a>\xe9</a>', 1, "it is ISO-8859-1"),
        (b"<a>\n\xe9</a>", 2, "0xE9 is not UTF-8"),
        (b"", 1, "empty"),
        (b" \n ", 1, "empty"),
        (b"PK\x03\x04", 1, "not XML"),
        (b"<!ENTITY x 'y'><a/>", 1, "not XML"),
        (b"<!-- " + b"x" * PROLOG_BYTES, 1, "not XML"),
        (b"<a>\n<b></a>", 2, "not well-formed XML: Opening and ending tag mismatch"),
        (b"<a>\n&lol;</a>", 2, "not well-formed XML: Entity 'lol' not defined"),
        (b"<a>&#0;</a>", 1, "not well-formed"),
        (b"<a>" + b"<b>" * 300 + b"</b>" * 300 + b"</a>", 1, "not well-formed"),
        (b"<a/>" + b" " * 100_000, 1, "at most 100000 are read"),
    ],
)
def test_what_is_refused(data: bytes, line: int, words: str) -> None:
    found = problems_of(data)
    assert len(found) == 1
    assert found[0][0] == line
    assert words in found[0][1]


def test_a_prolog_is_looked_through_in_no_time() -> None:
    began = time.process_time()
    for data in (b"<!-- " * 12_000, b"<?x " * 15_000, b"<!-- --> <?x?>" * 4_000, b"\n" * 60_000):
        problems_of(data)
    assert time.process_time() - began < 2

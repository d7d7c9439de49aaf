"""Our files are XLIFF: they hold to the schemas of OASIS, and to rules that no schema can say."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from patientinfo.formats.xliff import write_xliff, write_xliff12
from tests.formats.samples import LEAFLET, STATED_FILES, tricky_units

SCHEMAS = Path(__file__).parent.parent / "vendored" / "xliff"
FILE = replace(LEAFLET, units=(*LEAFLET.units, *tricky_units()))


class Vendored(etree.Resolver):
    """What a schema imports comes from the folder it stands in, never from the network."""

    def resolve(self, url, public_id, context):
        return self.resolve_filename(str(SCHEMAS / Path(url).name), context)


@pytest.fixture(scope="module", params=["21", "12"])
def judged(request):
    """A version's writer, and the schema that judges it."""
    name, write = {
        "21": ("xliff-core-2.0.xsd", write_xliff),
        "12": ("xliff-core-1.2-strict.xsd", write_xliff12),
    }[request.param]
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Vendored())
    return write, etree.XMLSchema(etree.parse(str(SCHEMAS / name), parser))


@settings(deadline=None, max_examples=50)
@given(file=STATED_FILES.filter(lambda file: file.units))
def test_every_file_is_valid(judged, file) -> None:
    write, schema = judged
    schema.assertValid(etree.fromstring(write(file)))


def test_tricky_texts_make_valid_files(judged) -> None:
    write, schema = judged
    schema.assertValid(etree.fromstring(write(FILE)))


def test_the_schema_would_have_complained(judged) -> None:
    write, schema = judged
    assert not schema.validate(
        etree.fromstring(
            write(LEAFLET).replace(b"<source", b"<sauce", 1).replace(b"</source", b"</sauce", 1)
        )
    )


def test_ids_of_codes_follow_the_rules_that_no_schema_can_say() -> None:
    """XLIFF 2.1, 4.3.1.21: one meaning of an id in a unit, shared by source and target alone."""
    space = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
    root = etree.fromstring(write_xliff(FILE))
    for unit in root.iterfind(".//x:unit", space):
        seen = [
            {code.get("id"): code.tag for code in unit.iterfind(f".//x:{text}//*", space)}
            for text in ("source", "target")
        ]
        assert all(seen[1][key] == tag for key, tag in seen[0].items() if key in seen[1])
        for text, codes in zip(("source", "target"), seen, strict=True):
            assert len(codes) == len(unit.findall(f".//x:{text}//*", space))

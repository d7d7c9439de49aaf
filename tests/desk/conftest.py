"""A leaflet in translation and its people, for the pages on which they work."""

from tests.fixtures_desk import built_desk, built_later, clinic, dutch, page, signed, team

__all__ = ["built_desk", "built_later", "clinic", "dutch", "page", "signed", "team"]

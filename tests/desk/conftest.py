"""A leaflet in translation and its people, for the pages on which they work."""

from tests.fixtures_desk import clinic, dutch, page, signed, team

__all__ = ["clinic", "dutch", "page", "signed", "team"]

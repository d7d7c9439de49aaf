"""A leaflet in translation and its people, for the pages on which they work."""

from tests.fixtures_desk import clinic, dutch, page, team

__all__ = ["clinic", "dutch", "page", "team"]

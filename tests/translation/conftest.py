"""A leaflet in translation and its people; modules with fixtures of these names use their own."""

from tests.fixtures_desk import clinic, dutch, page, team

__all__ = ["clinic", "dutch", "page", "team"]

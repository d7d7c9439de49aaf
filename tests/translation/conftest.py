"""A leaflet in translation and its people; modules with fixtures of these names use their own."""

from tests.fixtures_desk import built_desk, built_later, clinic, dutch, page, team

__all__ = ["built_desk", "built_later", "clinic", "dutch", "page", "team"]

"""A leaflet that was sent for translation, and nothing of it translated yet."""

from tests.fixtures_desk import built_desk, built_later, clinic, dutch, page, team

__all__ = ["built_desk", "built_later", "clinic", "dutch", "page", "team"]

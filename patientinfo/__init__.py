"""
Patient information that clinics can trust with their words.

A leaflet is written in Wagtail (`leaflets`), put into other languages segment by segment
(`translation`), and *issued*: publishing composes the page into a Document and freezes it as a
numbered, hashed Edition (`editions`). Nothing else is ever served. What leaves passes one guard
(`licensing`), is rendered for its reader (`channels`), goes to translators and comes back
(`exchange`), or is answered over HTTP (`api`). `formats` holds the pure code that fixes bytes.

Lower stages know nothing of higher ones; import-linter keeps it so.
"""

#: The version in pyproject.toml; every manifest of a bundle names it.
__version__ = "0.1.0"

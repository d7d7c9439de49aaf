"""
Stage 2: the same leaflet in other languages, segment by segment.

`models` keeps every translation with the hash of the source text it was made from; `actions` put
translations into pages; `readiness` says what keeps a translated page from patients; `staleness`
says which sections of a translation were made from words that have changed since. Nothing here
decides what a source text is: `formats.segments` does.
"""

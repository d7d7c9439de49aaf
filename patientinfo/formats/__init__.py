"""
Pure code: bytes in, values out. No Django, no Wagtail, no settings.

What is here decides stored or exchanged bytes (canonical JSON, inline HTML, segment paths, PO),
so every module has golden tests. Any stage may import it; it imports none.
"""

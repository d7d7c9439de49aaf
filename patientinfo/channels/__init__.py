"""
Channels: what an Edition looks like when it leaves.

Every channel turns an Edition's Document, and what is known about it today, into the bytes of one
kind of reader: a person with a browser, a printer, a health record. A channel reads Editions and
the catalogue, asks the guard which parts may go out, and leaves the rest out before it renders. It
never looks at a Wagtail page: what is not issued does not exist here. Channels do not import one
another.
"""

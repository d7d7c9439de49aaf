"""
Stage between exchange and the admin: the pages on which translations are made.

`views` answer them, `lines` put a segment into what a template shows, `diff` says what changed in a
source, `matrix` shows all leaflets and languages at once. Decides nothing: what may be done, and
what is done, stands in `translation`. `permissions` is another desk, for licensing officers.
"""

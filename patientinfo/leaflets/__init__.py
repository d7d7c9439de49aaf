"""
Stage 1: what editors write.

Page models (`index_page`, `leaflet_page`), the block vocabulary of a leaflet (`blocks`), the keys
that give a section or a paragraph its identity (`keys`), snippets that leaflets share (`snippets`),
images with rights (`images`), clinical approval (`approval`) and the gate that says what a leaflet
lacks before patients may see it (`gate`). `content` turns a page into plain data; nothing above
this stage reads a StreamField.
"""

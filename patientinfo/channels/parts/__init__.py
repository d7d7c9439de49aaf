"""
What every channel says in the same way, below all of them.

Pure: the same Document and the same facts of today give the same words. `cutting` leaves out what
may not leave, `inline` reads the text of blocks, `wording` says dates and numbers as a language
says them, `standing` how a leaflet stands today, `record` what a reader must always be able to see,
and `sheet` puts together all that stands around the words of a leaflet.
"""

"""
Moving house: everything that a clinic has written and issued as one ZIP, and back from it.

The ZIP has the rows of the tables that leaflets are made of, every Edition as its canonical bytes,
and the pictures. It goes into an empty installation only, whole or not at all, and what was issued
has the digests there that it had here. People's accounts, groups and licences stay: they belong to
the installation and to the parties.

    tables     which tables move, and a row as JSON and back
    packing    the ZIP, as a stream
    opening    a ZIP from somebody: whether it is whole and nothing else, before anything is stored
    unpacking  into an empty installation, in one transaction
"""

"""
Written permission, said in each way in which somebody needs it: the letter for people, an ODRL
policy for programs, and for everybody else the public proof.

All of them are made from one record, the frozen terms of a licence with its number and state
(`patientinfo.licensing`), when they are asked for. Nothing of them is stored, so they cannot
disagree with it or with one another.

    proof       what anybody may know of a permission, and how it stands now; `signing` signs it
    odrl        an ODRL 2.2 Agreement; `odrl_profile` has the terms that ODRL lacks
    letter      the letter, typeset, with a code to the proof; `letter_signature` signs it
    terms_rows  the terms in words, shared by the proof's page and the letter

Above the channels, for the page's frame and the machinery of paper; below whatever hands files
over. Imports no pages: titles of leaflets come from the catalogue.
"""

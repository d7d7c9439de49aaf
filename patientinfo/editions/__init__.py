"""
Stage 3: what was published, for ever.

Publishing composes a page into a Document (`compose`) and freezes it as the next Edition
(`actions`). Editions and withdrawals are append-only: triggers in the database refuse everything
else (`guardrails`). What changes without a new Edition (is it current, is a translation behind,
which languages exist) is kept beside it in the catalogue (`catalogue`), so that a read is one
look-up. Stages above this one read Editions and the catalogue, never pages.
"""

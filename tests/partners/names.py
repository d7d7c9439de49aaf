"""Who asks in these tests, and which leaflets there are."""

from __future__ import annotations

from tests.api.shelf import key_of

ADDRESS = "m.aker@harbour.example"
KNEE, BACK = str(key_of("knee")), str(key_of("back"))
ASK = "/en/partners/ask/"

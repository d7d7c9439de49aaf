"""
Stage 4: who may have what.

A partner clinic asks, an officer offers terms, the partner accepts, and a *Licence* is granted:
`terms` are what was agreed, frozen at that moment (`models`, `actions`). From that one record comes
the key that a program sends (`keys`), and everything that is shown or signed about it.

`guard.decide` stands between every Edition and everybody who asks for it: whatever leaves the
building asks it before anything is rendered. `guard`, `terms` and `numbers` are pure: values in,
values out, no database and no clock.

Imports no page models. Channels and the API stand above it.
"""

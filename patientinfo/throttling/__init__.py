"""
How much may be asked, of whom, at every address that costs something to answer.

`doors.throttled` goes around a view; `passages` counts who comes in; `limits` has the buckets and
`shared_limits` those that processes share. It knows of no leaflet and no licence: whoever looks a
key up says whether it was right (`passages.prove`, `passages.guessed`).
"""

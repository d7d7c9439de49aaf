"""
Bundles: many leaflets in many languages and forms as one ZIP, with everything that goes with them.

For a partner exactly what its licence covers, for editors everything that may be shown. Stands
above the exchange and the proofs: it renders through the channels, names leaflets as an export
does, and adds the licence's letter and policy. It looks at Editions only, never at a page.

    recipients  for whom: what the guard lets through, leaflet by leaflet and form by form
    making      the ZIP as a stream: one rendition in memory at a time, whatever the number
    archive     the ZIP itself: the same members always give the same bytes
    ledger      what became of each piece, written down as it happens: the manifest
    index       the same for people, a page in each language
    papers      the letter and the ODRL policy of a partner's licence
"""

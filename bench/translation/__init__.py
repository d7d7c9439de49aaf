"""
The second part of `make bench`: what the work on translations costs, beside wagtail-localize.

    runs               all of it from beginning to end, each measurement in a process of its own
    fill, marks        as many leaflets as are asked for, in five languages, words of their own
    exchange           files out and in: leaflets a second, and the most memory
    acts               how one act on a leaflet is measured, on both sides
    ours               sending, export, import and publishing here; the desk and the matrix
    localize           the same acts through wagtail-localize alone
    localize_site      its site: one page type of a leaflet's shape (`localize_settings`)
    settings           production's settings, with pages of the admin
    report             the section in docs/benchmarks.md; pure
"""

"""
The third part of `make bench`: what an edition's forms cost, and a bundle of many of them.

    runs        all of it from beginning to end, each measurement in a process of its own
    renditions  renditions a second of each channel, in English and in Arabic
    weasyprint  the same leaflet's page as HTML with the print style, to PDF by WeasyPrint
    bundles     a bundle of so many leaflets in five languages: files a second, most memory
    report      the section in docs/benchmarks.md; pure
"""

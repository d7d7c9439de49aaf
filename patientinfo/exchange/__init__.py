"""
Stage between channels and the API: files to translators and back.

Stands above `editions` because an exported file names the Edition that its words were taken from,
and above `translation` because what comes back goes into its store.
"""

"""
Stage 7: the page API at `/api/v1/`, from Editions alone.

A request passes `addresses` (every address, and the promise that no error is ever HTML), is checked
against its declaration (`strictness`) and answered by one of `routers/`. What is there today comes
from the catalogue (`rows`), what may leave of it from the guard (`access`), and the bytes from the
Edition as it was issued (`rendering`); `answers` adds what HTTP needs: ETag, 304, compression.
`schemas` and `filters` declare shapes and parameters, `errors` is the one error shape (RFC 9457),
`openapi` describes it all.

Imports no page models: what leaves the building comes from an Edition. Only the addresses of the
package and the project stand above it.
"""

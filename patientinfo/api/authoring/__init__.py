"""
The part of the API that people who translate use, by their programs: files out and back in.

It reads and writes drafts, so it is the one module of the API that knows Wagtail and the
translation stage (the contract `editions-only` in pyproject.toml exempts it), and nothing of it is
open: every operation takes an editor's token (`tokens`), what the token's owner may do in a
language is asked as at the desk, and no answer is kept by anybody. A session is no credential here,
so there is nothing for another site to forge.

`routes` are the addresses, `uploads` what is sent, `downloads` what is given, `shapes` the answers,
and `contract` what OpenAPI has to know beside that.
"""

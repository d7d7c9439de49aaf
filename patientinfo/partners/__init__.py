"""
Partners: where another clinic asks for written permission, follows what becomes of its question,
and takes what it was granted.

The pages stand beside the API at the top: they read the catalogue and call the acts of `licensing`,
and decide nothing themselves. What a partner may see is what its own account asked for or holds;
anything else is not there (404). Leaflets come from the catalogue, never from pages.

    accounts       who may sign in, and how: a code by e-mail, no password
    confirmation   the link that proves an address before anybody reviews what it asks
    choices        what can be chosen in the form, named in the page's language
    forms, filing  the question, and how it becomes a request
    words          requests, terms and licences in words
    mails, tasks   what partners are told, in their language
    views          the pages
"""

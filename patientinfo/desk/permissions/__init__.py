"""
Where officers decide on permission requests and look after licences, in Wagtail's admin.

`queue` and `licences` say what is listed, `terms_form` makes terms out of what an officer typed,
`words` puts a wish or terms into lines that can be read side by side, and the two `…_views` answer
the pages. What may be done, and what is done, stands in `licensing`. Officers never see a key.
"""

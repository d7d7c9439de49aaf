"""The pages of partners: asking, following a request, a licence and its keys."""

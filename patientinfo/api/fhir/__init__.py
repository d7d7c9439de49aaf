"""
Leaflets for health records: a small FHIR R5 server that is for reading.

`search` reads what is asked for, `resources` puts what the guard lets through into resources,
`capability` says what there is, and `views` answers. Errors are OperationOutcomes. Who has no key
gets what the catalogue says; the words are for a licence that names the use `portal`.
"""

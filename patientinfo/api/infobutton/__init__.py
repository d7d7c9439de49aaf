"""
The Infobutton: a health record asks for leaflets about what it shows (HL7 Context-Aware Knowledge
Retrieval, URL-based implementation guide).

`questions` reads what is asked, `answers` finds leaflets and says them as a feed. Title and summary
are for everybody; the words are for a licence that names the use `portal`.
"""

"""
Signals of the package, with the arguments that each sends.

Receivers are in `signal_handlers.py`; nothing connects itself on import.
"""

from django.dispatch import Signal

#: An Edition was issued. Arguments: `edition` (Edition).
edition_issued = Signal()

#: The current Edition of a leaflet in one language was withdrawn. Argument: `withdrawal`.
leaflet_withdrawn = Signal()

#: A part of an Edition was removed. Arguments: `edition` (Edition, as it was), `redaction`.
edition_redacted = Signal()

#: A translation's words were put into its page. Arguments: `page`, `paths` (list of str).
translation_stored = Signal()

#: Something became of a licence. Arguments: `licence` (Licence), `event` (LicenceEvent).
licence_changed = Signal()

#: A permission request moved. Arguments: `request` (PermissionRequest), `event` (RequestEvent).
request_moved = Signal()

#: An address of mail has to be confirmed before its request is reviewed. Arguments: `request`
#: (PermissionRequest), `submit` (bool: confirming also hands the request in).
confirmation_wanted = Signal()

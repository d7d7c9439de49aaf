"""The Django project: settings, addresses and the WSGI entry, and nothing of the product.

It is the top layer. It may import ``home`` and ``patientinfo``; neither imports it.
"""

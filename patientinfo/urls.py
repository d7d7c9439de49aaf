"""Addresses of the package, mounted by the project under `/api/`."""

from patientinfo.api.addresses import patterns

urlpatterns = patterns()

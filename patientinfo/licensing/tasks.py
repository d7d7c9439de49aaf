"""Work of licensing outside the request that caused it. A task is given numbers, no words."""

from __future__ import annotations

from django_tasks import task

from patientinfo.licensing import notices
from patientinfo.licensing.mailing import sending
from patientinfo.licensing.request_models import RequestEvent


@task()
def tell_officers(event_pk: int, tried: int = 0) -> None:
    """That something waits for them."""
    event = RequestEvent.objects.select_related("request").get(pk=event_pk)
    with sending(f"event {event_pk} to officers", tell_officers, event_pk, tried=tried):
        notices.tell(event)

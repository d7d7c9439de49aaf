"""The addresses that belong to no page: front doors, the health check, editors' files."""

from mimetypes import guess_type

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from patientinfo.editions.image_files import INERT


@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Send a reader to the front page in the language that the middleware negotiated."""
    response = HttpResponseRedirect(f"/{get_language()}/")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@require_safe
def front_door_of(request: HttpRequest) -> HttpResponse:
    """Send a person from an address without a language to the same one in theirs."""
    response = HttpResponseRedirect(f"/{get_language()}{request.get_full_path()}")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Say that this process answers and reaches its database; a failure is Django's 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def serve_media(request: HttpRequest, name: str) -> HttpResponse:
    """
    A stored file, for those who may enter the admin: its image library shows them.

    Readers and partners get pictures from addresses of their own (`channels.pictures`), which ask
    the guard. So nothing may serve the directory of media by itself.
    """
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    try:
        with default_storage.open(name) as file:
            data = file.read()
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    kind, _encoding = guess_type(name)
    return HttpResponse(
        data,
        content_type=kind or "application/octet-stream",
        headers={"Cache-Control": "private, max-age=600", **INERT},
    )

"""Files that came with words: only pictures are shown, everything else is for the reader's own machine to open.

A file is never a page of ours: its type is not guessed, its name is only a name, and it may run nothing.
"""

from typing import cast

from django.core.files.storage import default_storage
from django.core.signing import BadSignature, TimestampSigner
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse

from duly.desk.access.actor import actor_for
from duly.desk.errors import NotPossible
from duly.desk.people.person import Person
from duly.desk.queries.attachments import File, download
from duly.web.access import Visit, anybody, people

POLICY = "sandbox; default-src 'none'"
PICTURE_SECONDS = 600
_signer = TimestampSigner(salt="duly.web.picture")


@people("GET")
def file(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:  # noqa: ARG001
    """Give a file to somebody who may have it now."""
    return _given(download(visit.actor, number))


def picture_address(person: Person, number: int) -> str:
    """Where a mail in its frame finds a picture: a frame without origin sends no cookies, so the address is personal.

    It lasts for minutes, and its person's rights are asked again at every use.
    """
    return reverse("picture", args=[_signer.sign_object([person.pk, number])])


@anybody("GET")
def picture(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001
    """Give a picture to whoever holds the address that was made for somebody who may see it."""
    try:
        person_id, number = _signer.unsign_object(key, max_age=PICTURE_SECONDS)
    except BadSignature as wrong:
        raise Http404 from wrong
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Http404
    found = download(actor_for(person, via="web"), number)
    if not found.is_picture:
        raise Http404
    return _given(found)


def _given(found: File) -> HttpResponse:
    try:
        content = default_storage.open(found.place)
    except FileNotFoundError as gone:
        raise NotPossible(
            "This file is missing from the storage. What was written is still here; "
            "ask whoever runs the desk to restore it from a backup."
        ) from gone
    response = FileResponse(
        content,
        as_attachment=not found.is_picture,
        filename=found.name or "unnamed",
        content_type=found.media_type if found.is_picture else "application/octet-stream",
        headers={
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
    return cast("HttpResponse", response)

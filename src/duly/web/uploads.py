"""Files that came with a form: read once, their type told by their bytes, whatever the browser says."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from duly.channels.mail_in.structure import media_type
from duly.channels.mail_in.text import one_line
from duly.desk.errors import Invalid
from duly.desk.tickets.attachment import MOST_BYTES, NewFile

NAME_LENGTH = 200


def uploaded(request: HttpRequest) -> tuple[NewFile, ...]:
    """Give the files of the box `files`.

    Raises:
        Invalid: together they are too large to be read at all.
    """
    sent = request.FILES.getlist("files")
    if sum(file.size or 0 for file in sent) > MOST_BYTES:
        raise Invalid(
            _("The files are too large: at most %(size)s MB together can be sent at once.")
            % {"size": MOST_BYTES // 1_000_000},
            field="files",
        )
    return tuple(_file(file.name or "", file.content_type or "", file.read()) for file in sent)


def _file(name: str, declared: str, content: bytes) -> NewFile:
    return NewFile(one_line(name, NAME_LENGTH), media_type(content, declared), content)

"""Mails of Django's packages leave as letters do: by the server that the desk's owner set, if one is set."""

from duly.channels.mail_out.backend import Backend
from duly.desk.queries.brand import brand
from duly.desk.queries.outgoing import way_out


class DeskBackend(Backend):
    """The backend that knows what is set in the desk."""

    def way_out(self) -> tuple[str, str]:
        """What is set there, else what the installation names."""
        way = way_out()
        return way.url, way.sender.called(brand().own_name)

"""How an action insists on a right."""

from django.utils.translation import gettext as _

from duly.desk.errors import NotAllowed, NotFound


def require(may: bool, *, sees: bool = False, to: str = "") -> None:
    """Refuse unless the actor may.

    Raises:
        NotFound: the actor may not, and does not even see the thing.
        NotAllowed: the actor sees the thing but may not do this to it.
    """
    if may:
        return
    if not sees:
        raise NotFound
    raise NotAllowed(
        _("You may not %(to)s. Nothing was changed; ask somebody who may.")
        % {"to": to or _("do this")}
    )

"""How an action insists on a right."""

from duly.desk.errors import NotAllowed, NotFound


def require(may: bool, *, sees: bool = False, to: str = "do this") -> None:
    """Refuse unless the actor may.

    Raises:
        NotFound: the actor may not, and does not even see the thing.
        NotAllowed: the actor sees the thing but may not do this to it.
    """
    if may:
        return
    if not sees:
        raise NotFound
    raise NotAllowed(f"You may not {to}. Nothing was changed; ask somebody who may.")

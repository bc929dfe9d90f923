"""One fault in a value, raised by validators: its code, and a sentence that says how to mend it."""

from pydantic_core import PydanticCustomError


def fault(code: str, message: str, *, key: str | None = None) -> PydanticCustomError:
    """Make the error to raise; `key` names the key inside the value at which the fault stands."""
    return PydanticCustomError("fault", "{message}", {"code": code, "message": message, "key": key})

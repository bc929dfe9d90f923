"""Names of people, customers, teams and what a desk sets up, made fit to be kept."""

from django.db.models import CharField, Model
from django.utils.translation import gettext as _

from duly.desk.errors import Invalid


def one_line(text: str) -> str:
    """Give words with single spaces and without the zero bytes that PostgreSQL cannot keep."""
    return " ".join(text.replace("\0", "").split())


def longest_name(of: type[Model]) -> int:
    """How many letters a row of these keeps of its name."""
    column = of._meta.get_field("name")
    assert isinstance(column, CharField)
    assert column.max_length is not None
    return column.max_length


def sound_name(text: str, of: type[Model]) -> str:
    """Give a name as a row keeps it.

    Raises:
        Invalid: it is empty or longer than the row keeps.
    """
    name = one_line(text)
    if not name:
        raise Invalid(_("Give it a name."), field="name")
    if len(name) > (longest := longest_name(of)):
        raise Invalid(
            _("The name has %(length)s letters; up to %(longest)s are kept.")
            % {"length": len(name), "longest": longest},
            field="name",
        )
    return name


def taken(name: str) -> str:
    """Say that another has that name."""
    return _("The name %(name)s is taken.") % {"name": name}

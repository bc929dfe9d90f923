"""The words of names as search reads them: `desk_words` in the database parts texts at every mark."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func


def words_of(*columns: str) -> Func:
    """The words of some text columns together; an index is made of the same expression."""
    return Func(
        *columns,
        function="desk_words",
        arg_joiner=" || ' ' || ",
        output_field=SearchVectorField(),
    )

"""The clauses of the policy that a binding is made of, in the policy's own words."""

from collections.abc import Mapping
from functools import lru_cache

from django.db.models.fields.json import KeyTransform

from duly.desk.agreements.subscription import Binding


def clause_text(binding_id: int | None, key: str) -> str:
    """Give the text of a clause; its key where the policy has none."""
    return key if binding_id is None else _texts(binding_id).get(key) or key


@lru_cache(maxsize=500)
def _texts(binding_id: int) -> Mapping[str, str]:
    rows = Binding.objects.annotate(clauses=KeyTransform("clauses", "version__document"))
    clauses = rows.values_list("clauses", flat=True).get(pk=binding_id)
    return {each["key"]: each.get("text", "") for each in clauses or ()}

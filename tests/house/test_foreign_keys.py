"""Foreign keys point downwards through the rooms of the desk, as imports do."""

from django.apps import apps
from django.db.models import ForeignKey

FLOORS = (
    {"people"},
    {"agreements"},
    {"tickets", "knowledge", "status", "setup", "integrations"},
    {"clocks", "mailroom"},
)
"""The rooms, lowest first (docs/house.md: mailroom and clocks > tickets > agreements > people)."""


def floor(module: str) -> int:
    room = module.removeprefix("duly.desk.").split(".")[0]
    return next(level for level, rooms in enumerate(FLOORS) if room in rooms)


def test_foreign_keys_point_downwards() -> None:
    upwards = []
    keys = 0
    for model in apps.get_app_config("desk").get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey):
                continue
            target = field.related_model
            assert not isinstance(target, str)
            if target.__module__.startswith("duly.desk."):
                keys += 1
                if floor(target.__module__) > floor(model.__module__):
                    upwards.append(f"{model.__name__}.{field.name} -> {target.__name__}")
    assert keys, "the desk has foreign keys to look at"
    assert not upwards

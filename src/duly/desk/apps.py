"""The desk as one Django app: one label, one history of migrations."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """All rooms of the desk; models live in their rooms and are gathered by ``desk.models``."""

    name = "duly.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

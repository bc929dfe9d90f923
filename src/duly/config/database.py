"""The database of an installation, from its URL to what Django wants to know."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict


def database(url: str, *, connections: int) -> dict[str, Any]:
    """Read a libpq URL (`postgresql://user:password@host/name?sslmode=require`, also sockets and several hosts).

    Raises:
        ImproperlyConfigured: libpq does not understand it, or it names no database.
    """
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://")
    try:
        options = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except ProgrammingError as problem:
        raise ImproperlyConfigured(f"DATABASE_URL: {problem}".strip()) from problem
    if "dbname" not in options:
        raise ImproperlyConfigured("DATABASE_URL names no database: postgresql://host/NAME")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": options.pop("dbname"),
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": options.pop("host", ""),
        "PORT": options.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **options,
            "pool": {"min_size": 1, "max_size": connections, "timeout": 10},
        },
    }

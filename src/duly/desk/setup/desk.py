"""What its owner has set for the desk as a whole: one row."""

from django.db import models

PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""How the kinds of picture begin that a logo may be: a browser runs nothing in them."""


class Desk(models.Model):
    """The settings that hold for all; without the row everything is as it stands here.

    Empty words and colours leave what Duly has of its own; `language` and `zone` are assumed of people whom the desk
    does not know yet.

    `close_after_days` is how long a resolved ticket waits for more words before it closes by itself; None: for ever.
    """

    close_after_days = models.PositiveSmallIntegerField(null=True, blank=True, default=14)

    name = models.CharField(max_length=60, blank=True)
    accent = models.CharField(max_length=7, blank=True)
    support_address = models.EmailField(blank=True)
    footer = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=16, default="en")
    zone = models.CharField(max_length=64, default="UTC")
    logo = models.BinaryField(blank=True, default=b"")

    class Meta:
        """There is one desk."""

        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_desk"),)

    def __str__(self) -> str:
        return "the desk"


def the_settings() -> Desk:
    """Give them. One statement."""
    return Desk.objects.first() or Desk(pk=1)


def kind_of(logo: bytes) -> str:
    """The media type of a picture, by how it begins; empty for anything else."""
    return next((kind for start, kind in PICTURES.items() if logo.startswith(start)), "")

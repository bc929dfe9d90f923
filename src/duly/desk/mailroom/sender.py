"""What is known about mail addresses apart from people: who is blocked, and whom we wrote unasked."""

from datetime import datetime, timedelta

from django.db import models

from duly.desk.people.person import Person


class BlockedSender(models.Model):
    """An address whose mail is refused."""

    address = models.EmailField(max_length=254, unique=True)
    blocked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    blocked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.address


class UnaskedMail(models.Model):
    """When an address last got a mail that nobody there asked for: one a day at most, so no loop and no flood."""

    address = models.EmailField(max_length=254, unique=True)
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.address


UNASKED_EVERY = timedelta(days=1)


def may_write_unasked(address: str, *, at: datetime) -> bool:
    """Claim the one mail a day that an address may get without having asked; several senders at once get it once."""
    _, is_first = UnaskedMail.objects.get_or_create(address=address, defaults={"sent_at": at})
    before = UnaskedMail.objects.filter(address=address, sent_at__lte=at - UNASKED_EVERY)
    return is_first or before.update(sent_at=at) == 1

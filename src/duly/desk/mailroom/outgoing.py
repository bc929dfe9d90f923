"""Who takes the desk's mail, a server or a provider: one row as its owner set it, or none."""

from django.db import models


class OutgoingServer(models.Model):
    """With a `provider` mail goes to its API, at `api_url` where it has several; else to `host`.

    An empty `host` leaves the server to the installation, an empty `from_address` or `from_name` the sender.

    `secret` is the password, or the provider's key, sealed; `user` may be the name of an account there.
    `report_secret`, sealed too, stands in the address to which the provider reports.
    """

    provider = models.CharField(max_length=20, blank=True, default="")
    api_url = models.CharField(max_length=200, blank=True, default="")
    host = models.CharField(max_length=253, blank=True)
    port = models.PositiveIntegerField(default=587)
    security = models.CharField(max_length=10, default="starttls")
    user = models.CharField(max_length=254, blank=True)
    secret = models.BinaryField(default=bytes)
    report_secret = models.BinaryField(default=bytes)
    from_address = models.EmailField(blank=True)
    from_name = models.CharField(max_length=60, blank=True)

    class Meta:
        """There is one way out."""

        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_way_out"),)

    def __str__(self) -> str:
        return self.host

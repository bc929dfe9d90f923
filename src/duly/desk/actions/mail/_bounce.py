"""What a delivery report means: the delivery failed, and its ticket shows it. It never makes us write again."""

from datetime import datetime

from django.db.models import QuerySet

from duly.desk.actions.deliveries.undelivered import undelivered
from duly.desk.mailroom.delivery import Delivery
from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.raw_mail import RawMail


def reported_delivery(incoming: Incoming) -> QuerySet[Delivery]:
    """The delivery that a report is about; none where the mail is no report, or about a mail that is not ours."""
    ours = (incoming.bounced_id or "").strip("<>").partition("@")[0]
    return Delivery.objects.filter(message_id=ours) if ours else Delivery.objects.none()


def bounced(mail: RawMail, incoming: Incoming, at: datetime) -> None:
    """Mark the delivery that the report is about; tie the report to its ticket."""
    delivery = reported_delivery(incoming).get()
    if incoming.bounce_is_permanent:
        address = incoming.bounced_address or "address unknown"
        because = f"bounced on {at:%Y-%m-%d}: {address}"
        mail.ticket = undelivered(delivery_id=delivery.pk, because=because, at=at)
        return
    notice = delivery.notices.select_related("event__ticket").first()
    mail.ticket = notice.event.ticket if notice else None

"""What a delivery report means: the delivery failed, and its ticket shows it. It never makes us write again."""

from datetime import datetime

from duly.desk.mailroom.delivery import Delivery, DeliveryState
from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.raw_mail import RawMail


def bounced(mail: RawMail, incoming: Incoming, at: datetime) -> None:
    """Mark the delivery that the report is about, if it is one of ours; tie the report to its ticket."""
    ours = (incoming.bounced_id or "").strip("<>").partition("@")[0]
    delivery = Delivery.objects.filter(message_id=ours).first() if ours else None
    if delivery is None:
        return
    notice = delivery.notices.select_related("event__ticket").first()
    mail.ticket = notice.event.ticket if notice else None
    if incoming.bounce_is_permanent:
        delivery.state = DeliveryState.FAILED.value
        delivery.result = (
            f"bounced on {at:%Y-%m-%d}: {incoming.bounced_address or 'address unknown'}"[:500]
        )
        delivery.save(update_fields=["state", "result"])

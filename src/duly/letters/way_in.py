"""Letters that lead to a password: to whoever was brought in, has another address, or forgot theirs."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from django.utils import translation

from duly.channels import wall_clock
from duly.channels.mail_out.message import Mail
from duly.desk.mailroom.letter import Reader
from duly.desk.queries.brand import DULYS_OWN, Brand
from duly.desk.queries.outgoing import UNSET, Sender
from duly.letters.writing import HTML, PLAIN, page

Occasion: TypeAlias = Literal["invited", "moved", "forgotten"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """Such a letter. `who` did it, where it was not the reader; without a `link` they sign in as before."""

    occasion: Occasion
    reader: Reader
    desk: str
    """The address of its pages."""
    link: str
    who: str = ""
    organisation: str = ""


def mail_of_way_in(letter: WayIn, look: Brand = DULYS_OWN, sender: Sender = UNSET) -> Mail:
    """Write one as the mail that its reader gets."""
    with translation.override(letter.reader.language):
        words = {"letter": letter, "brand": look}
        subject = PLAIN.get_template("way_in_subject.txt").render(words)
        text = PLAIN.get_template("way_in.txt").render(words)
        html = page(HTML.get_template("way_in.html").render(words), letter.reader)
    return Mail(
        sender=sender.called(look.own_name),
        to=letter.reader.email,
        subject=" ".join(subject.split()),
        text=text,
        html=html,
        message_id="",
        date=wall_clock.now(),
    )

"""Say which mail domains belong to an organisation: whoever writes from there is suggested as one of its people."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.db import connection, transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.people._organisation import take
from duly.desk.errors import Invalid
from duly.desk.people.organisation import Organisation
from duly.desk.people.shared_domains import is_shared

_ONE_OWNER = 0x0D1E5D07
"""The advisory lock under which domains are given, so that two organisations never get the same one."""

_is_domain = DomainNameValidator(accept_idna=False)


@transaction.atomic
def set_domains(
    *, actor: Actor, organisation_id: int, domains: Sequence[str], at: datetime
) -> Organisation:
    """Replace the domains of an organisation. It is for the desk to say.

    A domain lets nobody in and shows nobody anything: agents see whose people strangers seem to be, and decide.

    Raises:
        NotFound: the actor may not, or there is no such organisation.
        Invalid: one is no domain, is shared by strangers as those of free mail are, or belongs to another organisation.
    """
    row = take(organisation_id, actor, by_the_desk=True)
    row.domains = sound_domains(domains, of=row)
    row.save(update_fields=["domains"])
    audit("domains_set", actor=actor, at=at, subject=row, domains=row.domains)
    return row


def sound_domains(domains: Sequence[str], *, of: Organisation | None = None) -> list[str]:
    """Write domains as they are compared, each once.

    Raises:
        Invalid: one cannot belong to the organisation.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_OWNER])
    found = sorted({_sound(domain) for domain in domains})
    owner = (
        Organisation.objects.filter(domains__overlap=found).exclude(pk=of.pk if of else 0).first()
    )
    if owner is not None:
        taken = next(domain for domain in found if domain in owner.domains)
        raise Invalid(
            _("%(domain)s belongs to %(owner)s already.") % {"domain": taken, "owner": owner},
            field="domains",
        )
    return found


def _sound(domain: str) -> str:
    domain = domain.strip().lower().removeprefix("@").rstrip(".")
    try:
        domain = domain.encode("idna").decode("ascii")
        _is_domain(domain)
    except (UnicodeError, ValidationError) as error:
        raise Invalid(
            _("“%(domain)s” is no domain; write e.g. acme.com.") % {"domain": domain},
            field="domains",
        ) from error
    if is_shared(domain):
        raise Invalid(
            _("Anybody can have an address at %(domain)s.") % {"domain": domain}, field="domains"
        )
    return domain

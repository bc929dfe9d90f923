"""What an owner types for a mailbox."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duly.channels.mail_in.imap import Account, Afterwards, Security
from duly.channels.mail_in.providers import providers
from duly.desk.mailroom.mailbox import MailboxKind
from duly.desk.mailroom.oauth import KNOWN, OTHER, OAuthSettings
from duly.desk.mailroom.settings import MailboxSettings
from duly.desk.queries.mailboxes import teams

PASSWORD = "password"  # noqa: S105
_MISSING = {"required": _("Fill this in.")}


class MailboxForm(forms.Form):
    """The settings of a mailbox; an empty password keeps the old one."""

    address = forms.CharField(max_length=254, error_messages=_MISSING)
    name = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(choices=[(kind.value, "") for kind in MailboxKind])
    host = forms.CharField(max_length=253, required=False)
    port = forms.IntegerField(min_value=1, max_value=65535, required=False)
    user = forms.CharField(max_length=254, required=False)
    password = forms.CharField(max_length=500, required=False, strip=False)
    sign_in = forms.ChoiceField(
        choices=[(one, "") for one in (PASSWORD, *KNOWN, OTHER)], required=False
    )
    client_id = forms.CharField(max_length=300, required=False)
    client_secret = forms.CharField(max_length=500, required=False, strip=False)
    authorize_url = forms.CharField(max_length=500, required=False)
    token_url = forms.CharField(max_length=500, required=False)
    scope = forms.CharField(max_length=500, required=False)
    provider = forms.ChoiceField(choices=[("", ""), *providers()], required=False)
    key = forms.CharField(max_length=1000, required=False)
    security = forms.ChoiceField(choices=[(one.value, "") for one in Security], required=False)
    folder = forms.CharField(max_length=200, required=False)
    afterwards = forms.ChoiceField(choices=[(one.value, "") for one in Afterwards], required=False)
    team = forms.ChoiceField(required=False)
    takes_strangers = forms.BooleanField(required=False)
    is_active = forms.BooleanField(required=False)
    takes_old = forms.BooleanField(required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        choices = [("", ""), *((str(key), name) for key, name in teams())]
        self.fields["team"].choices = choices  # type: ignore[attr-defined]

    def settings(self) -> MailboxSettings:
        """The settings that were typed."""
        typed = self.cleaned_data
        return MailboxSettings(
            address=typed["address"],
            name=typed["name"],
            kind=typed["kind"],
            host=typed["host"].strip(),
            port=typed["port"] or 993,
            user=typed["user"].strip(),
            provider=typed["provider"],
            security=typed["security"] or Security.TLS.value,
            folder=typed["folder"].strip() or "INBOX",
            afterwards=typed["afterwards"] or Afterwards.KEEP.value,
            team_id=int(typed["team"]) if typed["team"] else None,
            takes_strangers=typed["takes_strangers"],
            is_active=typed["is_active"],
        )

    @property
    def secret(self) -> str:
        """The password, the provider's key, or the desk's secret at the provider; empty keeps the old one."""
        typed = self.cleaned_data
        if typed["kind"] == MailboxKind.WEBHOOK.value:
            return str(typed["key"].strip())
        return str(typed["client_secret"] if self.oauth() else typed["password"])

    def oauth(self) -> OAuthSettings | None:
        """How the provider lets the desk in; None for a password."""
        typed = self.cleaned_data
        by_password = typed["sign_in"] in ("", PASSWORD)
        if by_password or typed["kind"] != MailboxKind.IMAP.value:
            return None
        names = ("client_id", "authorize_url", "token_url", "scope")
        known = typed["sign_in"] in KNOWN
        return OAuthSettings(
            provider=typed["sign_in"],
            **{
                name: "" if known and name != "client_id" else typed[name].strip() for name in names
            },
        )


def filled(settings: MailboxSettings, oauth: OAuthSettings | None) -> dict[str, Any]:
    """The boxes of the form as they are set."""
    names = [name for name in MailboxSettings.__slots__ if name != "team_id"]
    boxes = {name: getattr(settings, name) for name in names} | {"team": settings.team_id or ""}
    if oauth is not None:
        boxes |= {name: getattr(oauth, name) for name in OAuthSettings.__slots__}
        boxes |= {"sign_in": oauth.provider, "provider": settings.provider}
    return boxes


def account_of(settings: MailboxSettings, password: str = "", token: str = "") -> Account:
    """Where a mailbox is fetched, to try it out."""
    return Account(
        host=settings.host,
        port=settings.port,
        user=settings.user,
        password=password,
        token=token,
        security=Security(settings.security),
        folder=settings.folder,
        afterwards=Afterwards(settings.afterwards),
    )

"""Which pages pictures are made of, and for whom; a test holds that no page is left out.

A picture is the name of its page in the addresses, where to go, and which links to follow from there.
"""

from datetime import UTC, datetime
from typing import TypeAlias

Shown: TypeAlias = dict[str, tuple[str, ...]]

MONTH = f"{datetime.now(UTC):%Y-%m}"
"""The month in which the demonstration's promises end, most of them."""
NOWHERE = "not found"
"""The page of an address that there is not."""

ANYBODYS: Shown = {
    "sign-in": ("account_login", "/account/login/"),
    "password": ("account_reset_password", "/account/password/reset/"),
    "plans": ("plans", "/plans/"),
    "plan": ("plan", "/plans/photoprism/"),
    "plan-choices": ("plan", "/plans/segment/"),
    "plan-calendar": ("plan-calendar", "/plans/photoprism/calendars/office/"),
    "quote": ("quote", "/plans/photoprism/quote/?plan=gold&addon=weekend-cover"),
    "quote-bands": ("quote", "/plans/segment/quote/?plan=premium"),
}
CUSTOMERS: Shown = {
    "portal": ("portal:home", "/tickets/"),
    "portal-all": ("portal:home", "/tickets/?which=all"),
    "portal-search": ("portal:search", "/tickets/search/?q=album"),
    "portal-plan": ("portal:plan", "/plan/"),
    "portal-settings": ("me:settings", "/settings/"),
    "portal-sessions": ("me:sessions", "/settings/sessions/"),
    "portal-organisation": ("portal:organisation", "/organisation/"),
    "portal-hours": ("portal:hours", "/organisation/", "a[href$='/hours/']"),
    "portal-why": ("portal:why", "/tickets/", ".tickets a[href*='/why/']"),
    "portal-evidence": (
        "portal:evidence",
        "/tickets/",
        ".tickets a[href*='/why/']",
        "a[href*='/evidence/']",
    ),
    "portal-review": ("portal:review", "/plan/", "a[href*='/review/']"),
    "portal-ticket": ("portal:ticket", "/tickets/", ".tickets__subject"),
}
CHOOSERS: Shown = {
    "portal-organisations": ("portal:organisations", "/organisation/"),
    "portal-choices": ("portal:organisation", "/organisation/", "main a[href^='/organisation/']"),
    "portal-choice": (
        "portal:choice",
        "/organisation/",
        "main a[href^='/organisation/']",
        "a[href*='/choice/']",
    ),
    "portal-new-questions": ("portal:new", "/tickets/new/"),
    "portal-empty": ("portal:home", "/tickets/"),
}
"""Of somebody whose policy has choices and questions, who manages two organisations and has reported nothing yet."""
AGENTS: Shown = {
    "queue": ("agent:queue", "/desk/"),
    "queue-critical": ("agent:queue", "/desk/queue/critical/"),
    "queue-filtered": (
        "agent:queue",
        "/desk/?state=open&rank=upper&columns=customer,priority,team,plan,opened,number",
    ),
    "team": ("agent:team", "/desk/", "a[href^='/desk/team/']"),
    "filter": ("agent:filter", "/desk/filter/?state=open"),
    "day": ("agent:day", "/desk/day/"),
    "load": ("agent:load", "/desk/load/"),
    "wall": ("agent:wall", "/desk/wall/"),
    "views": ("agent:views", "/desk/views/"),
    "view": ("agent:view", "/desk/views/", ".views a[href]"),
    "search": ("agent:search", "/desk/search/?q=album"),
    "new-for-customer": ("agent:new", "/desk/tickets/new/?who=p7&find=hafenlicht"),
    "search-nothing": ("agent:search", "/desk/search/?q=zeppelin"),
    "settings": ("me:settings", "/settings/"),
    "sessions": ("me:sessions", "/settings/sessions/"),
    "organisations": ("agent:organisations", "/desk/organisations/"),
    "organisation": ("agent:organisation", "/desk/organisations/", "[data-row]"),
    "person": ("agent:person", "/desk/organisations/", "[data-row]", "#contacts .listed__who a"),
    "ticket": ("agent:ticket", "/desk/", "[data-row]"),
    "why": ("agent:why", "/desk/", "[data-row]", "#promises a[href*='/why/']"),
    "evidence": (
        "agent:evidence",
        "/desk/",
        "[data-row]",
        "#promises a[href*='/why/']",
        "a[href*='/evidence/']",
    ),
    "macros": ("setup:macros", "/desk/setup/macros/"),
    "macro": ("setup:new-macro", "/desk/setup/macros/new/"),
    "held-mail": ("agent:held-mail", "/desk/mail/"),
    "refused-mail": ("agent:held-mail", "/desk/mail/?which=refused"),
    "mail": ("agent:mail", "/desk/mail/", "a[data-row]"),
}
OWNERS: Shown = {
    "queue-empty": ("agent:queue", "/desk/queue/mine/"),
    "not-found": (NOWHERE, "/nowhere/"),
    "screens": ("agent:screens", "/desk/screens/"),
    "subscribe": (
        "agent:subscribe",
        "/desk/organisations/",
        "[data-row]",
        "a[href$='/subscribe/']",
    ),
    "subscription": (
        "agent:subscription",
        "/desk/organisations/",
        "[data-row]",
        "a[href*='/subscriptions/']",
    ),
    "customers-hours": (
        "agent:hours",
        "/desk/organisations/",
        "[data-row]",
        "a[href$='/hours/']",
    ),
    "setup": ("setup:home", "/desk/setup/"),
    "setup-policies": ("setup:policies", "/desk/setup/policies/"),
    "setup-policy": ("setup:policy", "/desk/setup/policies/of/photoprism/"),
    "setup-move": ("setup:move", "/desk/setup/policies/of/photoprism/", "a[href$='/move/']"),
    "setup-new-draft": ("setup:new-draft", "/desk/setup/policies/new/"),
    "setup-calendars": ("setup:calendars", "/desk/setup/calendars/"),
    "setup-calendar": ("setup:calendar", "/desk/setup/calendars/of/photoprism/office/"),
    "setup-customers-hours": (
        "setup:organisation-calendar",
        "/desk/setup/calendars/",
        "a[href*='/calendars/organisations/']",
    ),
    "setup-agent-hours": (
        "setup:agent-hours",
        "/desk/setup/people/",
        "th a[data-row]",
        "a[href*='/calendars/agents/']",
    ),
    "setup-people": ("setup:people", "/desk/setup/people/"),
    "setup-agent": ("setup:agent", "/desk/setup/people/", "th a[data-row]"),
    "setup-teams": ("setup:teams", "/desk/setup/teams/"),
    "setup-roles": ("setup:roles", "/desk/setup/roles/"),
    "setup-role": ("setup:role", "/desk/setup/roles/lead/"),
    "setup-new-role": ("setup:new-role", "/desk/setup/roles/new/"),
    "setup-fields": ("setup:fields", "/desk/setup/fields/"),
    "setup-field": ("setup:field", "/desk/setup/fields/", "main a[data-row]"),
    "setup-new-field": ("setup:new-field", "/desk/setup/fields/new/"),
    "setup-macro": ("setup:macro", "/desk/setup/macros/", "main a[data-row]"),
    "setup-subscriptions": ("setup:subscriptions", "/desk/setup/subscriptions/"),
    "setup-audit": ("setup:audit", "/desk/setup/audit/?check=1"),
    "setup-branding": ("setup:branding", "/desk/setup/branding/"),
    "setup-closing": ("setup:closing", "/desk/setup/closing/"),
    "setup-outgoing": ("setup:outgoing", "/desk/setup/outgoing/"),
    "setup-letters": ("setup:letters", "/desk/setup/outgoing/letters/customer/en/"),
    "mailboxes": ("setup:mailboxes", "/desk/setup/mailboxes/"),
    "mailbox": ("setup:mailbox", "/desk/setup/mailboxes/", "main a[data-row]"),
    "mailbox-new": ("setup:new-mailbox", "/desk/setup/mailboxes/new/"),
    "reports": ("reports:attainment", "/desk/reports/?by=priority"),
    "reports-promises": ("reports:promises", "/desk/reports/promises/"),
    "reports-load": ("reports:hours", "/desk/reports/load/"),
    "reports-backlog": ("reports:backlog", "/desk/reports/backlog/"),
    "reports-answers": ("reports:answers", "/desk/reports/answers/"),
    "reports-satisfaction": ("reports:satisfaction", "/desk/reports/satisfaction/"),
    "reports-tickets": ("reports:tickets", "/desk/reports/backlog/", "main a[href*='/tickets/?']"),
    "reports-reviews": ("reports:reviews", f"/desk/reports/reviews/?month={MONTH}"),
    "reports-review": ("reports:review", f"/desk/reports/reviews/?month={MONTH}", "[data-row]"),
}
OVERFULL: dict[str, Shown] = {
    "agent": {"overfull-queue": ("agent:queue", "/desk/queue/critical/")},
    "owner": {"overfull-fields": ("setup:fields", "/desk/setup/fields/")},
    "customer": {
        "overfull-portal": ("portal:home", "/tickets/"),
        "overfull-new": ("portal:new", "/tickets/new/"),
    },
}
STEPS: dict[str, str] = {
    "sign-in-wrong": "account_login",
    "rating": "rating",
    "screen": "screen",
    "queue-many": "agent:queue",
    "queue-clock": "agent:queue",
    "keys": "agent:queue",
    "batch": "agent:batch",
    "ticket-note": "agent:ticket",
    "ticket-macros": "agent:macros",
    "unreached": "agent:person",
    "foreseen": "agent:agree",
    "setup-outgoing-wrong": "setup:outgoing-server",
    "setup-choice-field": "setup:new-field",
    "setup-draft": "setup:draft",
    "setup-review": "setup:review-draft",
    "mailbox-fetched": "setup:sign-in",
    "mailbox-posted": "setup:post-address",
    "portal-new": "portal:new",
    "portal-new-wrong": "portal:new",
    "overfull-ticket": "agent:ticket",
}
"""What is pictured after steps that more than links take, by its page."""

WITHOUT = {
    "home": "leads on to where its reader begins",
    "fresh": "asked by scripts, answers a number or the part of a page that changed",
    "asset": "a file",
    "file": "a file",
    "picture": "a file",
    "brand-logo": "a file",
    "brand-style": "a file",
    "agent:raw-mail": "a file",
    "agent:evidence-file": "a file",
    "portal:evidence-file": "a file",
    "portal:review-csv": "a file",
    "reports:answers-csv": "a file",
    "reports:attainment-csv": "a file",
    "reports:backlog-csv": "a file",
    "reports:hours-csv": "a file",
    "reports:promises-csv": "a file",
    "reports:review-csv": "a file",
    "reports:satisfaction-csv": "a file",
    "reports:tickets-csv": "a file",
    "mail-in": "speaks to the providers of mail",
    "mail-reports": "speaks to the providers of mail",
    "original": "a mail as its sender made it, in a frame of the ticket",
    "agent:callers": "a part of the form for a customer's ticket, in its picture",
    "agent:promised": "a part of the form for a customer's ticket, in its picture",
    "portal:promised": "a part of the form for a new ticket, in its picture",
    "setup:letter": "a letter in a frame, in the picture of all letters",
    "setup:signed-in": "leads back from a provider's sign-in to the mailbox",
}
"""Addresses that answer, but with no page of their own."""


BY_LINKS = (ANYBODYS, CUSTOMERS, CHOOSERS, AGENTS, OWNERS, *OVERFULL.values())


def page_of() -> dict[str, str]:
    """The page of each picture, by the picture's name."""
    return {name: page for shown in BY_LINKS for name, (page, *_way) in shown.items()} | STEPS

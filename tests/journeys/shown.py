"""Which pages pictures are made of, and for whom: an address, or a page and the links to follow from there."""

from typing import TypeAlias

Way: TypeAlias = str | tuple[str, ...]
Shown: TypeAlias = dict[str, Way]

ANYBODYS: Shown = {
    "sign-in": "/account/login/",
    "password": "/account/password/reset/",
    "plans": "/plans/",
    "plan": "/plans/photoprism/",
    "plan-choices": "/plans/segment/",
    "plan-calendar": "/plans/photoprism/calendars/office/",
    "quote": "/plans/photoprism/quote/?plan=gold&addon=weekend-cover",
    "quote-bands": "/plans/segment/quote/?plan=premium",
}
CUSTOMERS: Shown = {
    "portal": "/tickets/",
    "portal-all": "/tickets/?which=all",
    "portal-search": "/tickets/search/?q=album",
    "portal-plan": "/plan/",
    "portal-settings": "/settings/",
    "portal-organisation": "/organisation/",
    "portal-hours": ("/organisation/", "a[href$='/hours/']"),
    "portal-why": ("/tickets/", ".tickets a[href*='/why/']"),
    "portal-evidence": ("/tickets/", ".tickets a[href*='/why/']", "a[href*='/evidence/']"),
    "portal-review": ("/plan/", "a[href*='/review/']"),
}
CHOOSERS: Shown = {
    "portal-choices": "/organisation/",
    "portal-choice": ("/organisation/", "a[href*='/choice/']"),
    "portal-new-questions": "/tickets/new/",
    "portal-empty": "/tickets/",
}
"""Of somebody whose policy has choices and questions, and who has reported nothing yet."""
AGENTS: Shown = {
    "queue": "/desk/",
    "queue-critical": "/desk/queue/critical/",
    "queue-filtered": "/desk/?state=open&rank=upper&columns=customer,priority,team,plan,opened,number",
    "filter": "/desk/filter/?state=open",
    "day": "/desk/day/",
    "load": "/desk/load/",
    "wall": "/desk/wall/",
    "views": "/desk/views/",
    "search": "/desk/search/?q=album",
    "settings": "/settings/",
    "organisations": "/desk/organisations/",
    "macros": "/desk/setup/macros/",
    "macro": "/desk/setup/macros/new/",
    "held-mail": "/desk/mail/",
    "mail": ("/desk/mail/", "a[data-row]"),
    "evidence": ("/desk/", "[data-row]", "#promises a[href*='/why/']", "a[href*='/evidence/']"),
}
OWNERS: Shown = {
    "queue-empty": "/desk/queue/mine/",
    "not-found": "/nowhere/",
    "screens": "/desk/screens/",
    "setup": "/desk/setup/",
    "setup-policies": "/desk/setup/policies/",
    "setup-policy": "/desk/setup/policies/of/photoprism/",
    "setup-calendars": "/desk/setup/calendars/",
    "setup-agent-hours": ("/desk/setup/people/", "th a[data-row]", "a[href*='/calendars/agents/']"),
    "setup-people": "/desk/setup/people/",
    "setup-teams": "/desk/setup/teams/",
    "setup-roles": "/desk/setup/roles/",
    "setup-role": "/desk/setup/roles/lead/",
    "setup-new-role": "/desk/setup/roles/new/",
    "setup-fields": "/desk/setup/fields/",
    "setup-field": "/desk/setup/fields/new/",
    "setup-subscriptions": "/desk/setup/subscriptions/",
    "setup-audit": "/desk/setup/audit/?check=1",
    "setup-branding": "/desk/setup/branding/",
    "setup-closing": "/desk/setup/closing/",
    "setup-outgoing": "/desk/setup/outgoing/",
    "setup-letters": "/desk/setup/outgoing/letters/customer/en/",
    "mailboxes": "/desk/setup/mailboxes/",
    "mailbox-new": "/desk/setup/mailboxes/new/",
    "subscribe": ("/desk/organisations/", "[data-row]", "a[href$='/subscribe/']"),
    "reports": "/desk/reports/?by=priority",
    "reports-promises": "/desk/reports/promises/",
    "reports-load": "/desk/reports/load/",
    "reports-backlog": "/desk/reports/backlog/",
    "reports-answers": "/desk/reports/answers/",
    "reports-satisfaction": "/desk/reports/satisfaction/",
}

"""What the groups of a report are called."""

from django.utils.translation import gettext as _

from duly.core.clock.values import Kind
from duly.desk.queries.reports.attainment import By, Group
from duly.web.ui.clock.face import KINDS
from duly.web.words import Reader, month


def by_words(without: By | None = None) -> list[tuple[str, str]]:
    """What promises can be summed by, for a box to choose from."""
    words = {
        By.MONTH: _("Month"),
        By.PLAN: _("Plan"),
        By.PRIORITY: _("Priority"),
        By.ORGANISATION: _("Organisation"),
        By.TEAM: _("Team"),
        By.KIND: _("Promise"),
    }
    return [(by.value, label) for by, label in words.items() if by is not without]


def group_name(group: Group, by: By, reader: Reader) -> str:
    """What one group is called."""
    if group.month is not None:
        return month(group.month, reader)
    if by is By.KIND:
        return str(KINDS[Kind(group.key)])
    if group.name:
        return group.name
    return _("no organisation") if by is By.ORGANISATION else _("no team")

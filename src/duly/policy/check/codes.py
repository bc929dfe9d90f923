"""Every code that a problem may have, and what it means: the one table."""

from collections.abc import Mapping

FORM: Mapping[str, str] = {
    "syntax": "The file is not YAML, or not text.",
    "tag": "A YAML tag such as !name; policies hold plain values.",
    "too-large": "Aliases make the file larger than any policy is.",
    "duplicate-key": 'A key is given twice; `1` and `"1"` are one key.',
    "unquoted-comma": "A comma inside { } cut a text in two; the text needs quotes.",
    "key": "A key is not plain text.",
    "language": "The file is of a version of the language that this Duly does not read.",
    "shape": "A mapping, a list or a text stands where another is expected.",
    "missing-key": "A key that is needed is not there.",
    "missing-value": "A key has no value.",
    "unknown-key": "The language has no such key in this place.",
    "unknown-value": "The value is not one of those that can stand here.",
    "text": "A text does not have the form that is needed, e.g. a name with spaces.",
    "number": "Not a number.",
    "yes-no": "Neither true nor false.",
    "date": "Not a date.",
    "day": "Not a day of the week.",
    "day-twice": "A day of the week is named twice.",
    "interval": "Not an interval of local time, or two that overlap.",
    "week": "Not a week of days and intervals.",
    "holidays": "Not a list of dates, a country, `customer` or `unknown`.",
    "calendar-form": "A calendar has hours of its own and is made of others at once.",
    "edition-from": "Editions of a calendar need dates in order.",
    "zone-abbreviation": "An abbreviation such as CET is not a zone: summer time is left open.",
    "zone-unknown": "Not an IANA time zone.",
    "target": "Not a target of the grammar.",
    "every": "A cadence is promised for something that happens once.",
    "price": "Not a price of the grammar.",
    "limit": "Not a limit of an allowance.",
    "length": "Not a length of time.",
    "channel": "Not the hours of a channel.",
    "source": "A provenance has not exactly one mark.",
    "value": "The value cannot be read; the message says why.",
    "file": "The file cannot be opened.",
}
"""Faults of a text, found while it is read."""

NAMES: Mapping[str, str] = {
    "unknown-calendar": "A calendar or choice is named that the policy does not have.",
    "unknown-plan": "A plan is named that the policy does not have.",
    "unknown-priority": "A priority is named that is no level of the policy.",
    "level-twice": "A level is listed twice, or two levels have one key.",
    "unknown-part": "A source speaks of a part that no policy has.",
    "calendar-circle": "A calendar is made of itself.",
    "base-circle": "A plan is its own base.",
}
"""Names that lead nowhere, or to two places: the policy cannot be used."""

ERRORS: Mapping[str, str] = {
    "never-open": "A calendar has no open time for five years.",
    "days-need-zone": "Days are counted on a combined calendar without a zone.",
    "unknown-country": "The holidays of a country or its part are not known.",
    "hours-missing": "Business time is promised, but the plan has no hours.",
    "level-not-in-plan": "A cell is for a level that the plan does not have.",
    "key-twice": "Two clauses have the same key.",
    "percent-over-100": "A share is more than the whole.",
}
"""What cannot be meant, in a policy that can be read."""

WARNINGS: Mapping[str, str] = {
    "absent-cell": "A level has no cell beside others that have one.",
    "no-otherwise": "When no gate holds nothing is promised.",
    "never-reached": "A target stands behind one that always applies.",
    "business-day-undeclared": "Business days are promised, but not how they are counted.",
    "day-hours-undeclared": "Business days are open hours, but not how many.",
    "holidays-run-out": "The listed holidays end with this year.",
    "holidays-unknown": "The holidays are marked as unknown.",
    "unused-calendar": "Nothing uses a calendar.",
    "response-after-resolution": "A response is promised later than the end of the matter.",
    "urgent-is-slower": "A more urgent level is promised later than the next one.",
    "dearer-is-worse": "A dearer plan promises less than a cheaper one.",
    "conflicting-words": "Strong and weak words are said of one promise.",
    "credit-without-promise": "A credit is for something that the plan does not promise.",
    "escalation-without-target": "The escalation opens with a miss that cannot happen.",
    "source-of-nothing": "A source speaks of a value that is not there.",
}
"""What may be meant as it is."""

CODES: Mapping[str, str] = {**FORM, **NAMES, **ERRORS, **WARNINGS}

"""Policies in the making: typed or uploaded, checked line by line, reviewed as customers will see them, published."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.access.agreements import may_publish
from duly.desk.access.require import require
from duly.desk.actions.agreements.draft_policy import drop_policy_draft, keep_policy_draft
from duly.desk.actions.agreements.publish_draft import publish_draft
from duly.desk.queries.policies import version_text
from duly.desk.queries.policy_draft import DraftText, check_of, draft_text, review_of
from duly.policy.check.review import Findings
from duly.policy.problems import Problem
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.tried import tried
from duly.web.typed import DayField, whole
from duly.web.ui.clock.face import KINDS

FIRST_POLICY = Path(__file__).with_name("first_policy.yaml")
FEWEST_LINES = 24
"""How tall an empty editor is."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text with what is wrong in it, if anything is; the worse comes first."""

    number: int
    errors: Sequence[Problem]
    warnings: Sequence[Problem]


class DraftForm(forms.Form):
    """A policy and its cases, each typed or as a file; a file wins over what was typed."""

    source = forms.CharField(required=False, strip=False)
    cases = forms.CharField(required=False, strip=False)
    source_file = forms.FileField(required=False, allow_empty_file=True)
    cases_file = forms.FileField(required=False, allow_empty_file=True)

    def clean_source_file(self) -> str | None:
        """The text of the policy's file."""
        return _text(self.cleaned_data["source_file"])

    def clean_cases_file(self) -> str | None:
        """The text of the cases' file."""
        return _text(self.cleaned_data["cases_file"])

    def text(self, name: str) -> str:
        """What shall be kept."""
        from_file: str | None = self.cleaned_data[f"{name}_file"]
        typed: str = self.cleaned_data[name]
        return typed if from_file is None else from_file


class PublishForm(forms.Form):
    """From which date on the version is meant to hold."""

    effective_on = DayField(required=False)


@agents("GET", "POST")
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Begin a draft: empty, from a file, or with the text of a version."""
    require(may_publish(visit.actor))
    source, cases = first_policy(visit), ""
    if (version := whole(request.GET.get("from", ""))) is not None:
        source, cases = version_text(visit.actor, version)
    form = DraftForm(request.POST or None, request.FILES or None)
    form.initial = {"source": source, "cases": cases}
    if request.method == "POST" and (kept := _kept(form, visit, None)):
        return redirect("setup:draft", kept)
    return _editor(request, visit, form, None, None)


def first_policy(visit: Visit) -> str:
    """A small policy to begin with, for an empty page says nothing of what it takes."""
    known = {"today": visit.at.astimezone(visit.reader.zone).date(), "zone": visit.reader.zone}
    return FIRST_POLICY.read_text(encoding="utf-8") % known


@agents("GET", "POST")
def show(request: HttpRequest, visit: Visit, draft_id: int) -> HttpResponse:
    """Show a draft with what is wrong beside its lines; a POST keeps it, whether it checks or not."""
    draft = draft_text(visit.actor, draft_id)
    form = DraftForm(request.POST or None, request.FILES or None)
    form.initial = {"source": draft.source, "cases": draft.cases}
    if request.method == "POST" and _kept(form, visit, draft_id):
        return redirect(
            "setup:review-draft" if request.POST.get("then") == "review" else "setup:draft",
            draft_id,
        )
    return _editor(request, visit, form, draft, check_of(draft, visit.at))


def _editor(
    request: HttpRequest,
    visit: Visit,
    form: DraftForm,
    draft: DraftText | None,
    findings: Findings | None,
) -> HttpResponse:
    source = draft.source if draft else form["source"].value() or ""
    return page(
        request,
        "setup/draft.html",
        visit,
        status=422 if form.errors else 200,
        **frame.around(visit, "policies"),
        draft=draft,
        form=form,
        findings=findings,
        lines=_lines(source, findings),
    )


@agents("POST")
def drop(request: HttpRequest, visit: Visit, draft_id: int) -> HttpResponse:
    """Give a draft up."""
    drop_policy_draft(actor=visit.actor, draft_id=draft_id, at=visit.at)
    messages.success(request, _("The draft is gone. Nothing that was published changed."))
    return redirect("setup:policies")


@agents("GET", "POST")
def review(request: HttpRequest, visit: Visit, draft_id: int) -> HttpResponse:
    """Show what publishing would bring about; a POST publishes."""
    draft = draft_text(visit.actor, draft_id)
    shown = review_of(draft, visit.at)
    if shown is None:
        messages.error(request, _("It cannot be reviewed before it can be read."))
        return redirect("setup:draft", draft_id)
    form = PublishForm(request.POST if request.method == "POST" else None)
    form.initial = {"effective_on": shown.effective_on or ""}
    if request.method == "POST" and form.is_valid():
        version = tried(
            form,
            lambda: publish_draft(
                actor=visit.actor,
                draft_id=draft_id,
                effective_on=form.cleaned_data["effective_on"],
                at=visit.at,
            ),
        )
        if version is not None:
            messages.success(request, _("Published. Nobody was moved to it yet."))
            return redirect("setup:move", version.pk)
    return page(
        request,
        "setup/review.html",
        visit,
        status=422 if form.errors else 200,
        **frame.around(visit, "policies"),
        draft=draft,
        shown=shown,
        form=form,
        kind_names={kind.value: str(label) for kind, label in KINDS.items()},
    )


def _kept(form: DraftForm, visit: Visit, draft_id: int | None) -> int | None:
    """Keep what the form says; None when it says why that is impossible."""
    if not form.is_valid():
        return None
    kept = tried(
        form,
        lambda: keep_policy_draft(
            actor=visit.actor,
            draft_id=draft_id,
            source=form.text("source"),
            cases=form.text("cases"),
            at=visit.at,
        ),
    )
    return kept.pk if kept else None


def _text(file: "UploadedFile[bytes] | None") -> str | None:
    if file is None:
        return None
    try:
        return bytes(file.read()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise forms.ValidationError(_("This file is not UTF-8 text.")) from error


def _lines(source: str, findings: Findings | None) -> list[Line]:
    """Number the lines, and give each what is wrong in it; faults without a line stand beside the first."""
    errors = findings.errors if findings else []
    warnings = findings.warnings if findings else []
    return [
        Line(
            number,
            [each for each in errors if max(each.line, 1) == number],
            [each for each in warnings if max(each.line, 1) == number],
        )
        for number in range(1, max(source.count("\n") + 1, FEWEST_LINES) + 1)
    ]

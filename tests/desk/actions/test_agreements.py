"""Publishing policies and subscribing to them: what is kept, what is refused, who may."""

from datetime import UTC, date, datetime

import pytest

from duly.core.clock.values import Kind
from duly.desk.actions.agreements.publish import Unpublishable, publish
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.agreements.terms import rank_of, terms_of
from duly.desk.errors import Invalid, NotFound
from duly.desk.setup.audit import AuditEntry
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import POLICIES, SMALL, published, subscribed


def test_a_published_version_keeps_its_text_and_enters_the_audit(people: Cast) -> None:
    version = published(people)
    assert PolicyVersion.objects.get().source == SMALL
    entry = AuditEntry.objects.get(act="policy_published")
    assert (entry.person, entry.subject_id) == (people.owner, version.pk)


def test_the_same_text_again_is_the_same_version(people: Cast) -> None:
    version = published(people)
    assert publish(actor=people.actor("owner"), source=SMALL, at=MONDAY) == version
    assert AuditEntry.objects.filter(act="policy_published").count() == 1


def test_another_text_under_the_same_version_is_refused(people: Cast) -> None:
    published(people)
    with pytest.raises(Invalid, match="Name a new version"):
        published(people, SMALL.replace("2 hours", "3 hours"))
    assert PolicyVersion.objects.get().source == SMALL


def test_a_text_with_faults_is_refused_with_line_and_column(people: Cast) -> None:
    with pytest.raises(Unpublishable) as refused:
        published(people, SMALL.replace("Europe/Berlin", "CET"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.line) == ("zone-abbreviation", 7)
    assert not PolicyVersion.objects.exists()


@pytest.mark.parametrize("name", ["agent", "contact"])
def test_neither_agents_nor_contacts_publish_or_subscribe(people: Cast, name: str) -> None:
    version = published(people)
    with pytest.raises(NotFound):
        subscribe(
            actor=people.actor(name),
            organisation_id=people.acme.pk,
            version_id=version.pk,
            held={"plan": "basic"},
            from_on=date(2026, 1, 1),
            at=MONDAY,
        )
    assert not Subscription.objects.exists()


def test_the_terms_survive_the_database(people: Cast) -> None:
    subscribed(people, published(people))
    binding = str(Binding.objects.get().pk)
    terms = terms_of([binding])[binding]
    assert (terms.policy, terms.version, terms.plan, terms.plan_name) == (
        "small",
        "1",
        "basic",
        "Basic",
    )
    assert set(terms.targets) == {Kind.FIRST_RESPONSE, Kind.NEXT_RESPONSE, Kind.RESOLUTION}
    assert [rank_of(terms, key) for key in ("1", "2", "3")] == [0, 495, 990]


def test_an_unknown_plan_is_refused(people: Cast) -> None:
    version = published(people)
    with pytest.raises(Invalid, match="gold"):
        subscribed(people, version, "gold")
    assert not Subscription.objects.filter(bindings=None).exists()


def test_an_amendment_in_the_future_is_a_binding_of_its_own_from_local_midnight(
    people: Cast,
) -> None:
    amendment = {
        "from": "2026-11-01",
        "path": "targets.first_response.1",
        "value": "1 hour",
        "reason": "contract",
    }
    subscribed(people, published(people), amendments=[amendment])
    first, second = Binding.objects.order_by("from_at")
    # Acme lives in Berlin: the year begins at 23:00 UTC of the day before, and so does November in winter time.
    assert first.from_at == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert second.from_at == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert first.terms != second.terms


def test_the_published_policies_bind(people: Cast) -> None:
    source = (POLICIES / "photoprism.yaml").read_text()
    subscription = subscribed(people, published(people, source), "gold")
    assert subscription.bindings.get().plan_name == "Gold"


def test_what_reads_but_cannot_be_meant_is_not_published(people: Cast) -> None:
    with pytest.raises(Unpublishable) as refused:
        published(people, SMALL.replace('mon-fri: "09:00-17:00"', ""))
    assert [problem.code for problem in refused.value.problems] == ["never-open"]
    assert not PolicyVersion.objects.exists()


def test_a_new_version_leaves_subscribers_where_they_are_and_comes_first(people: Cast) -> None:
    subscription = subscribed(people, published(people))
    newer = SMALL.replace('version: "1"', 'version: "3"').replace("2026-01-01", "2027-01-01")
    between = SMALL.replace('version: "1"', 'version: "2"').replace("2026-01-01", "2026-07-01")
    published(people, newer)
    published(people, between)
    ordered = PolicyVersion.objects.values_list("version", flat=True)
    assert list(ordered) == ["3", "2", "1"]
    assert subscription.bindings.get().version.version == "1"

"""The subscription of `--subscription FILE`, for commands about a plan of a policy file."""

from dataclasses import replace
from pathlib import Path

from duly.policy.document.read import read_file, single
from duly.policy.document.subscription import Subscription, subscription


def subscribed(plan: str, file: Path | None) -> Subscription:
    """Read what the customer brings; the plan is the one named on the command line.

    Raises:
        PolicyErrors: the file is no subscription.
    """
    if file is None:
        return subscription({"plan": plan})
    source = single(read_file(file), str(file))
    if isinstance(source.data, dict):
        source = replace(source, data={**source.data, "plan": plan})
    return subscription(source)

"""The clocks of a ticket, by living through its history (contract, section 5, quoted in place)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tests.oracle.cycles import Answer, Cycle
from tests.oracle.story import KINDS, Happened, Terms
from tests.oracle.ticket import Ticket

SOLUTIONS = ("workaround", "resolution")
BY_AGENT_ONLY = ("first_response", "next_response", "update", "escalation")

Known = tuple[dict[str, str], frozenset[str]]


class Story(Ticket):
    """Lives through a history, event by event."""

    def live(self, event: Happened) -> None:
        if self.merged:
            # events after `merged` move nothing
            return
        self.pass_time(event.at)
        self.past.append(event)
        getattr(self, f"on_{event.what}")(event)

    def say(self, word: str, at: int, *, besides: Iterable[str] = ()) -> None:
        """What meets a clock ends it, and what it waits for starts it."""
        self.said.setdefault(word, at)
        for kind in (*KINDS, "escalation"):
            waiting = self.waiting_cycles(kind)
            if kind in besides or not (waiting or kind in self.owed):
                continue
            if word in self.words(kind):
                # resolving and closing end what a reopening takes up again
                ends = word in ("resolved", "closed") and kind in SOLUTIONS
                self.ended.pop(kind, None)
                self.unanswered.discard(kind)
                if ends:
                    latest = self.latest(kind)
                    self.ended[kind] = latest if latest in waiting else None
                self.meet(kind, at)
            elif kind in self.awaited and self.awaited[kind].starts == word:
                normal_start = self.owed[kind]
                self.start(kind, at)
                self.owed[kind] = normal_start

    def on_opened(self, event: Happened) -> None:
        self.terms = self.all_terms[event.terms]
        self.priority = event.priority
        self.restate(event)
        for kind in ("first_response", "workaround", "resolution"):
            self.start(kind, event.at)

    def restate(self, event: Happened) -> None:
        self.facts.update(event.facts)
        if event.flags is not None:
            self.flags = event.flags

    def on_prioritised(self, event: Happened) -> None:
        before, known = self.priority, (dict(self.facts), self.flags)
        self.restate(event)
        if before is None:
            self.live_again(event)
        else:
            self.change_priority(event, before, known)
        if event.by == "agent":
            self.say("prioritised", event.at)

    def change_priority(self, event: Happened, before: str, known: Known) -> None:
        assert event.priority is not None
        if event.priority > before:
            # said to the clocks as they were; the new ones hear only that an agent set it
            self.say("lowered", event.at)
        self.priority = event.priority
        # the same priority again changes nothing, unless the facts stated with it select another cell
        again = before == event.priority
        modes = self.terms.priority_change
        for kind in (*KINDS, "escalation"):
            from_start = modes.get(kind, "from_change") == "from_start"
            if again and not self.selects_another(kind, event.at, known, from_start=from_start):
                continue
            if kind != "escalation":
                self.retarget(kind, event.at, from_start=from_start)
            elif from_start:
                # escalation clocks keep their target under `from_change`
                self.retarget_escalations(event.at)

    def selects_another(self, kind: str, at: int, known: Known, *, from_start: bool) -> bool:
        """Facts are read at the change, or `from_start` at the start of the cycle."""
        mine = [cycle for cycle in self.cycles if cycle.kind == kind and cycle.is_open]
        start = at
        if from_start:
            start = mine[0].started_at if mine else self.owed.get(kind, at)
        row = (self.terms.opens or "") if kind == "escalation" else kind
        now = self.cell(row, start)
        (self.facts, self.flags), restated = known, (self.facts, self.flags)
        then = self.cell(row, start)
        self.facts, self.flags = restated
        # the cell that an open clock has already is no other
        return now is not then and not any(cycle.cell is now for cycle in mine)

    def live_again(self, first: Happened) -> None:
        """The first setting of a priority is not a change: it holds as if it always had."""
        again = Story(self.all_terms)
        again.priority_set_at = first.at
        opened, *others = self.past[:-1]
        again.live(replace(opened, priority=first.priority, facts=self.facts, flags=self.flags))
        for event in others:
            again.live(event)
        again.past.append(first)
        again.when_excluded, again.causes = self.when_excluded, self.causes
        self.__dict__.update(again.__dict__)

    def on_moved(self, event: Happened) -> None:
        """`moved`, an amendment or a calendar edition re-target open clocks `from_start`."""
        self.terms = self.all_terms[event.terms]
        for kind in KINDS:
            self.retarget(kind, event.at, from_start=True, moved=True)
        self.retarget_escalations(event.at)

    def on_replied(self, event: Happened) -> None:
        # an automatic reply never meets a response or update
        if event.by == "agent":
            self.answer("replied", event.at)
            self.agent_spoke = True
            self.start_update(event.at)
        elif event.by == "customer":
            # a reply by the customer ends waiting on the customer
            self.end_waiting(event.at, "customer")
            self.customer_spoke(event.at)

    def answer(self, word: str, at: int) -> None:
        self.say(word, at)
        self.answers.append(at)
        # owed again at a reopening unless an agent's public message came in between
        self.unanswered.clear()
        # what answers a customer is a public message, a resolving by an agent too
        self.awaits_customer = True

    def customer_spoke(self, at: int) -> None:
        """The first customer message after an agent's public message, if none is open."""
        if self.awaits_customer and self.closed:
            # a message to a closed ticket is owed nothing until the reopening
            self.unanswered.add("next_response")
        elif self.awaits_customer and not self.has_open("next_response"):
            self.start("next_response", at)
        self.awaits_customer = False

    def start_update(self, at: int) -> None:
        """No chain runs while paused, resolved or closed; what did not meet the open one starts no other."""
        if self.resolved_at is None and not self.closed and not self.has_open("update"):
            self.start("update", at)

    def has_open(self, kind: str) -> bool:
        return any(cycle.kind == kind and cycle.is_open for cycle in self.cycles)

    def on_updated(self, event: Happened) -> None:
        self.say("updated", event.at)
        # each agent `replied` or `updated` once an agent has replied
        if self.agent_spoke:
            self.start_update(event.at)

    def on_noted(self, event: Happened) -> None:
        """An automatic reply, a note … never meets a response or update."""

    def on_spent(self, event: Happened) -> None:
        """Counts on an allowance; no clock reads it."""

    def on_waiting(self, event: Happened) -> None:
        # a new `waiting` replaces the old
        self.end_waiting(event.at)
        self.waiting.append((event.on, event.at, None))

    def on_resumed(self, event: Happened) -> None:
        self.end_waiting(event.at, event.on or None)

    def end_waiting(self, at: int, only: str | None = None) -> None:
        self.waiting = [
            (on, began, at if ended is None and only in (None, on) else ended)
            for on, began, ended in self.waiting
        ]

    def on_marked(self, event: Happened) -> None:
        # given late, and after the closing: then nothing is left for a reopening
        self.say(event.mark, event.at)

    def on_resolved(self, event: Happened) -> None:
        if event.by == "agent":
            self.answer("resolved", event.at)
        else:
            # `resolved` by anyone but an agent voids open …
            self.leave_unanswered()
            self.void(event.at, *BY_AGENT_ONLY)
            # `marked workaround` or `resolved`; `resolved` by anyone
            self.say("resolved", event.at, besides=BY_AGENT_ONLY)
        # a resolving ends the chain of updates even where `met_by` does not list it
        self.void(event.at, "update")
        # resolving ends any [waiting]
        self.end_waiting(event.at)
        if self.resolved_at is None:
            self.resolved_at = event.at
            self.start("root_cause", event.at)

    def leave_unanswered(self) -> None:
        """A first or next response that a closing, or a resolving by anyone but an agent, voids."""
        self.unanswered |= {
            kind for kind in ("first_response", "next_response") if kind in self.owed
        }

    def on_reopened(self, event: Happened) -> None:
        if self.resolved_at is not None or self.closed:
            self.take_up(event.at)
        # reopening what is neither resolved nor closed is no more than a message
        if event.by == "customer":
            # a reopening by the customer counts as a customer message, and ends waiting on the customer
            self.end_waiting(event.at, "customer")
            self.customer_spoke(event.at)

    def take_up(self, at: int) -> None:
        """What the resolving or closing had ended is owed again."""
        for kind, solution in self.ended.items():
            if solution is None:
                self.owe_again(kind, at)
            else:
                self.reopen(kind, solution, at)
        for kind in self.unanswered:
            self.owe_again(kind, at)
        self.ended, self.unanswered = {}, set()
        self.resolved_at, self.closed = None, False
        # root_cause: a reopening supersedes it
        for cycle in self.cycles:
            if cycle.kind == "root_cause" and cycle.is_open:
                self.supersede(cycle, at)
        self.forget("root_cause")
        self.start_update(at)

    def owe_again(self, kind: str, at: int) -> None:
        """The next cycle starts at the reopening; a miss stays, and waits for its answer as before."""
        latest = self.latest(kind)
        if latest is not None and latest.missed_at is not None and not latest.is_over:
            self.owed[kind] = latest.started_at
        else:
            self.start(kind, at)

    def reopen(self, kind: str, solution: Cycle, at: int) -> None:
        """Reopening touches resolution, and a workaround met by the resolving."""
        if self.terms.reopen == "restart":
            self.start(kind, at)
        elif solution.missed_at is None:
            # `continue` takes `met` back in the same cycle, solved time being a pause;
            # what was missed stays as it is: settled promises are evidence
            assert solution.met_at is not None
            self.solved[kind].append((solution.met_at, at))
            solution.met_at = None
            self.owed[kind] = solution.started_at

    def on_closed(self, event: Happened) -> None:
        self.say("closed", event.at)
        self.ended |= {kind: None for kind in SOLUTIONS if kind in self.owed}
        self.leave_unanswered()
        # `closed` voids every open clock but root_cause
        self.void(event.at, *(kind for kind in (*KINDS, "escalation") if kind != "root_cause"))
        self.closed = True

    def on_merged(self, event: Happened) -> None:
        # `merged` voids open cycles
        self.void(event.at, *KINDS, "escalation")
        self.merged = True

    def on_excluded(self, event: Happened) -> None:
        """Makes every cycle `void`, keeping what it was in `was`; `withdrawn` restores it."""
        if event.withdrawn:
            # several causes hold until all are withdrawn
            self.causes.discard(event.on)
            self.when_excluded = self.when_excluded if self.causes else None
            return
        self.causes.add(event.on)
        if self.when_excluded is None:
            self.when_excluded = self.answer_at(event.at)

    def on_escalated(self, event: Happened) -> None:
        opened_at = dict(self.levels_opened()).get(event.level)
        missed = [c.missed_at for c in self.cycles if c.kind == self.terms.opens and c.missed_at]
        # an answer closes the way up until the clock in `opens` is missed again
        answered = missed and any(at > max(missed) for at in self.answers)
        again = any(level == event.level for level, _ in self.invoked)
        # cannot be invoked after an answer or a resolution;
        # invoking an unopened level is kept in the record and moves nothing
        if opened_at is None or answered or again or self.resolved_at is not None or self.closed:
            return
        self.invoked.append((event.level, event.at))
        # invoking a higher one supersedes the running clock of the lower
        for cycle in self.cycles:
            if cycle.kind == "escalation" and cycle.is_open:
                self.supersede(cycle, event.at)
        # `escalated`, cycle = level, with the current cell of the clock named in `opens`
        cell = self.cell(self.terms.opens or "", event.at)
        self.add_cycle("escalation", event.level, cell, event.at)


def ask(history: Iterable[Happened], terms: Mapping[str, Terms], at: int) -> Answer:
    """Events with `at`, stably sorted; those with `at` <= the asked instant count."""
    ticket = Story(terms)
    for event in sorted(history, key=lambda event: event.at):
        if event.at <= at:
            ticket.live(event)
    ticket.pass_time(at)
    return ticket.answer_at(at)

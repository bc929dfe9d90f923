"""Every model of the desk, gathered from its room so that Django finds it."""

from duly.desk.agreements.named_person import NamedPerson
from duly.desk.agreements.policy import Policy, PolicyVersion
from duly.desk.agreements.policy_draft import PolicyDraft
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.clocks.clock import Clock
from duly.desk.mailroom.alarm import Alarm
from duly.desk.mailroom.count import FetchedUid, MailCount
from duly.desk.mailroom.delivery import Delivery, Notice
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.oauth import OAuthGrant
from duly.desk.mailroom.outbox import Outbox
from duly.desk.mailroom.outgoing import OutgoingServer
from duly.desk.mailroom.preference import Preference, QuietHours
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.mailroom.reading import Reading
from duly.desk.mailroom.reply_address import ReplyAddress
from duly.desk.mailroom.sender import BlockedSender, UnaskedMail
from duly.desk.people.absence import Absence
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.people.person import Person
from duly.desk.people.remark import Remark
from duly.desk.people.role import Grant, Role
from duly.desk.people.team import Team, TeamMember
from duly.desk.setup.audit import AuditEntry
from duly.desk.setup.desk import Desk
from duly.desk.setup.seal import DaySeal
from duly.desk.tickets.answer import Answer
from duly.desk.tickets.attachment import Attachment, StoredFile
from duly.desk.tickets.batch import Batch
from duly.desk.tickets.draft import Draft
from duly.desk.tickets.event import Event
from duly.desk.tickets.field import Field, FieldValue
from duly.desk.tickets.link import Link
from duly.desk.tickets.macro import Macro
from duly.desk.tickets.message import Message, Note
from duly.desk.tickets.pending_reply import PendingReply
from duly.desk.tickets.presence import Presence
from duly.desk.tickets.rating import Rating
from duly.desk.tickets.saved_view import SavedView
from duly.desk.tickets.screen import Screen
from duly.desk.tickets.tag import Follower, Tag, Tagging
from duly.desk.tickets.tally import Tally
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.wording import Wording

__all__ = [
    "Absence",
    "Alarm",
    "Answer",
    "Attachment",
    "AuditEntry",
    "Batch",
    "Binding",
    "BlockedSender",
    "Clock",
    "DaySeal",
    "Delivery",
    "Desk",
    "Draft",
    "Event",
    "FetchedUid",
    "Field",
    "FieldValue",
    "Follower",
    "Grant",
    "Link",
    "Macro",
    "MailCount",
    "Mailbox",
    "Membership",
    "Message",
    "NamedPerson",
    "Note",
    "Notice",
    "OAuthGrant",
    "Organisation",
    "Outbox",
    "OutgoingServer",
    "PendingReply",
    "Person",
    "Policy",
    "PolicyDraft",
    "PolicyVersion",
    "Preference",
    "Presence",
    "QuietHours",
    "Rating",
    "RawMail",
    "Reading",
    "Remark",
    "ReplyAddress",
    "Role",
    "SavedView",
    "Screen",
    "StoredFile",
    "Subscription",
    "Tag",
    "Tagging",
    "Tally",
    "Team",
    "TeamMember",
    "Ticket",
    "UnaskedMail",
    "Wording",
]

"""Who takes part in the demonstration: all invented, at addresses that nobody can have."""

from dataclasses import dataclass

from duly.desk.people.standard_roles import (
    ADMINISTRATOR,
    AGENT,
    CONTACT,
    LEAD,
    LONE_CONTACT,
    MANAGER,
)

PASSWORD = "keep your word"  # noqa: S105 - printed on the first start, for a desk with invented data
"""The password of those who can sign in."""


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody on the desk's side."""

    key: str
    name: str
    role: str
    zone: str = "Europe/Berlin"

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.key}@desk.example"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody on the customer's side."""

    key: str
    name: str
    role: str = CONTACT
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Customer:
    """An organisation with the plan it holds and the people who write in."""

    key: str
    name: str
    zone: str
    plan: str
    contacts: tuple[Contact, ...]

    def email(self, contact: Contact) -> str:
        """The address of one of its people."""
        return f"{contact.key}@{self.key}.example"


OWNER = Agent("ida", "Ida Sommer", ADMINISTRATOR)
AGENTS = (
    Agent("mara", "Mara Lindqvist", LEAD),
    Agent("jonas", "Jonas Weber", AGENT),
    Agent("aylin", "Aylin Kaya", AGENT),
    Agent("tomas", "Tomás Oliveira", AGENT, "Europe/Lisbon"),
    Agent("priya", "Priya Nair", AGENT, "Asia/Kolkata"),
)
TEAMS = {
    "photos": ("Photos and search", "jonas", "aylin"),
    "servers": ("Servers", "tomas", "priya"),
}

CUSTOMERS = (
    Customer(
        "hafenlicht",
        "Hafenlicht Studio",
        "Europe/Berlin",
        "gold",
        (
            Contact("lea", "Lea Brandt", MANAGER, "de"),
            Contact("nils", "Nils Petersen", language="de"),
        ),
    ),
    Customer(
        "fjordbild", "Fjordbild", "Europe/Oslo", "gold", (Contact("ingrid", "Ingrid Solberg"),)
    ),
    Customer("sora", "Sora Prints", "Asia/Tokyo", "gold", (Contact("kenji", "Kenji Mori"),)),
    Customer(
        "kontor",
        "Kontor Archive",
        "Europe/Berlin",
        "enterprise",
        (Contact("ruth", "Ruth Adler"), Contact("emil", "Emil Fuchs", LONE_CONTACT, "de")),
    ),
    Customer(
        "mares",
        "Museu das Marés",
        "Europe/Lisbon",
        "enterprise",
        (Contact("beatriz", "Beatriz Rocha"),),
    ),
    Customer(
        "morin",
        "Atelier Morin",
        "Europe/Paris",
        "professional",
        (Contact("claire", "Claire Morin"),),
    ),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody to sign in as, and what there is to see."""

    email: str
    name: str
    sees: str


SIGN_INS = (
    SignIn("jonas@desk.example", "Jonas Weber", "an agent: the queue, what is due next"),
    SignIn("mara@desk.example", "Mara Lindqvist", "the lead: every team, what was missed"),
    SignIn("ida@desk.example", "Ida Sommer", "the administrator: policies, people, the audit"),
    SignIn(
        "lea@hafenlicht.example", "Lea Brandt", "a customer on Gold: what was promised, and when"
    ),
)

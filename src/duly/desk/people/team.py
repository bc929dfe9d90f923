"""Teams and who works in them."""

from django.db import models

from duly.desk.people.person import Person


class Team(models.Model):
    """People who share a queue. Tickets of a private team are seen by its members alone."""

    name = models.CharField(max_length=100, unique=True)
    is_private = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """A person's place in a team; leads are told what the team misses."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="team_places")
    is_lead = models.BooleanField(default=False)

    class Meta:
        """One place in each team."""

        constraints = (models.UniqueConstraint(fields=["team", "person"], name="team_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.team_id}"

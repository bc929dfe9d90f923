"""The evidence of a ticket as people take it with them: a file, and a page that prints well."""

from django.http import HttpResponse, JsonResponse

from duly.desk.queries.evidence import evidence
from duly.desk.queries.evidence_file import evidence_json
from duly.web.access import Visit


def evidence_file(visit: Visit, number: int, *, internal: bool) -> HttpResponse:
    """Answer with the file, named after the ticket."""
    told = evidence_json(evidence(visit.actor, number, visit.at, internal=internal))
    answer = JsonResponse(told, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="evidence-{number}.json"'
    answer["Cache-Control"] = "no-store"
    return answer

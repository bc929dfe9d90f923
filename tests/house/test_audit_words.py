"""The audit can be read: each act that an action writes into it has its words on the page."""

import ast
from pathlib import Path

from duly.desk import actions
from duly.web.setup.audit_words import ACTS


def test_every_act_has_words() -> None:
    used = set()
    for file in Path(actions.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "audit":
                used |= {n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant)}
    assert "team_added" in used
    assert not used - ACTS.keys(), "each act has its words in web/setup/audit_words.py"

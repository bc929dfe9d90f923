"""A small OAuth 2.0 authorisation server on loopback: consent at once, PKCE checked, refresh tokens for one use."""

import hashlib
import json
import secrets
import threading
from base64 import urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT = ("the-desk", "client-secret")


class Authority:
    """`lifetime` is how long its access tokens live; `revoked` refuses every refresh; `asked` counts the refreshes."""

    def __init__(self, user: str = "desk") -> None:
        self.user = user
        self.lifetime = 3600
        self.revoked = False
        self.asked = 0
        self.down = False
        self._codes: dict[str, dict[str, str]] = {}
        self._refresh: set[str] = set()
        self._access: set[str] = set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> "Authority":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def forget_tokens(self) -> None:
        """Access tokens end before their time, as after a change of password."""
        self._access.clear()

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert query["client_id"] == CLIENT[0]
        code = secrets.token_hex(16)
        self._codes[code] = query
        return query["redirect_uri"] + "?" + urlencode({"code": code, "state": query["state"]})

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, object]]:
        if self.down:
            return 503, {}
        if (form.get("client_id"), form.get("client_secret")) != CLIENT:
            return 401, {"error": "invalid_client"}
        if form["grant_type"] == "authorization_code":
            asked = self._codes.pop(form["code"], None)
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            challenge = urlsafe_b64encode(digest).decode().rstrip("=")
            if (
                asked is None
                or challenge != asked["code_challenge"]
                or form["redirect_uri"] != asked["redirect_uri"]
            ):
                return 400, {"error": "invalid_grant", "error_description": "wrong code"}
        else:
            self.asked += 1
            if self.revoked or form["refresh_token"] not in self._refresh:
                return 400, {"error": "invalid_grant", "error_description": "Token was revoked."}
            self._refresh.discard(form["refresh_token"])
        access, refresh = secrets.token_hex(20), secrets.token_hex(20)
        self._access.add(access)
        self._refresh.add(refresh)
        return 200, {
            "access_token": access,
            "refresh_token": refresh,
            "token_type": "Bearer",
            "expires_in": self.lifetime,
        }

    def introspect(self, token: str) -> dict[str, object]:
        """What the IMAP server asks (RFC 7662)."""
        return {"active": token in self._access, "username": self.user}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                where = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(where.query).items()}
                if where.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", authority.authorize(query))
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                else:
                    self._say(200, authority.introspect(query.get("token", "")))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                self._say(*authority.token(form))

            def _say(self, status: int, answer: dict[str, object]) -> None:
                written = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(written)))
                self.end_headers()
                self.wfile.write(written)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

"""An identity provider for the demo: OpenID Connect with sample people, on this machine only.

It is `oidc-provider-mock`, which lets anybody in as anybody, with one rule added: a code is exchanged only
with the verifier that belongs to its challenge (RFC 7636), by S256.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import logging
import os
import sys
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import oidc_provider_mock
from werkzeug.serving import make_server

from yinuo.demo.citizens import CITIZENS, identity_of

NEWCOMER = ("13900000006", "周晓燕")  # known to the provider, without an account in the hall


def people() -> list[oidc_provider_mock.User]:
    """Everybody of the demo under their name, and a newcomer."""
    known = {**CITIZENS, NEWCOMER[0]: NEWCOMER[1]}
    return [oidc_provider_mock.User(sub=name, claims=claims(phone, name)) for phone, name in known.items()]


def claims(phone: str, name: str) -> dict[str, object]:
    verified = {"phone_number": phone, "phone_number_verified": True}
    return {"name": name, "id_number": identity_of(phone), **verified}


def application(users: Iterable[oidc_provider_mock.User]) -> flask.Flask:
    app: flask.Flask = oidc_provider_mock.app(user_claims=list(users), require_nonce=True)
    app.debug = False
    challenges: dict[str, str] = {}  # code -> challenge

    @app.before_request
    def proven() -> Any:
        if flask.request.path == "/oauth2/authorize":
            return None if flask.request.args.get("code_challenge_method") == "S256" else _no()
        if flask.request.path != "/oauth2/token":
            return None
        wanted = challenges.pop(flask.request.form.get("code", ""), None)
        return None if wanted == challenge(flask.request.form.get("code_verifier", "")) else _no()

    @app.after_request
    def remembered(response: flask.Response) -> flask.Response:
        for code in _codes(response.headers.get("Location", "")):
            challenges[code] = flask.request.args["code_challenge"]
        return response

    return app


def challenge(verifier: str) -> str:
    """RFC 7636, 4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _codes(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get("code", [])


def _no() -> Any:
    return flask.jsonify({"error": "invalid_grant"}), 400


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True, metavar="PORT")
    arguments = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # plain HTTP, on this machine
    try:
        make_server("127.0.0.1", arguments.port, application(people()), threaded=True).serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())

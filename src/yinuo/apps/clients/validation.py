"""What our server of tokens asks beyond the library: a scope is named, and a challenge is a SHA-256."""

from __future__ import annotations

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator
from oauthlib.oauth2.rfc6749.errors import UnsupportedCodeChallengeMethodError


class Validator(OAuth2Validator):  # type: ignore[misc]
    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """Nothing is allowed that was not asked for by name."""
        return bool(scopes) and super().validate_scopes(client_id, scopes, client, request, *args, **kwargs)

    def is_pkce_required(self, client_id: str, request: Any) -> bool:
        """Always, and told to the program before the person is asked, not after (OAuth 2.1, 4.1.1)."""
        if request.code_challenge is not None and request.code_challenge_method != "S256":
            raise UnsupportedCodeChallengeMethodError(request=request)
        return True

"""What our server of tokens asks beyond the library: named scopes, SHA-256, codes that work once, a last day.

All tokens that come from one consent are a family. Its name is made from the code, so a code that shows up
again names whatever came from it. Each of its refresh tokens keeps the moment of the consent as `created`.
"""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.utils import timezone
from oauth2_provider.models import RefreshToken
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauthlib.oauth2.rfc6749.errors import InvalidGrantError, UnsupportedCodeChallengeMethodError

from yinuo.apps.clients.lasting import oldest_consent


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

    def validate_code(
        self, client_id: str, code: str, client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """A code that was used before has leaked: what came from it ends (RFC 6749, 4.1.2)."""
        is_good: bool = super().validate_code(client_id, code, client, request, *args, **kwargs)
        if not is_good:
            RefreshToken.revoke_family(_family(code))
        return is_good

    def invalidate_authorization_code(
        self, client_id: str, code: str, request: Any, *args: Any, **kwargs: Any
    ) -> None:
        """Of two that use a code at the same moment, both end."""
        try:
            super().invalidate_authorization_code(client_id, code, request, *args, **kwargs)
        except InvalidGrantError:
            RefreshToken.revoke_family(_family(code))
            raise

    def validate_refresh_token(
        self, refresh_token: str, client: Any, request: Any, *args: Any, **kwargs: Any
    ) -> bool:
        """Only until the last day of the consent, however often it was renewed."""
        is_good: bool = super().validate_refresh_token(refresh_token, client, request, *args, **kwargs)
        return is_good and request.refresh_token_instance.created > oldest_consent(timezone.now())

    def _create_refresh_token(self, request: Any, code: str, access: Any, previous: Any) -> Any:
        made = super()._create_refresh_token(request, code, access, previous)
        kept = {"created": previous.created} if previous else {"token_family": _family(request.code)}
        RefreshToken.objects.filter(pk=made.pk).update(**kept)
        return made


def _family(code: str) -> UUID:
    """The name of the family; nobody finds the code by it."""
    return UUID(bytes=hashlib.sha256(code.encode()).digest()[:16])

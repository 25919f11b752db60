"""All addresses: citizens at the root, staff below /desk/, whoever supervises below /board/, programs below
/api/."""

from django.urls import include, path

from yinuo.web import errors, health
from yinuo.web.api import tokens

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/v1/", include("yinuo.web.api.urls")),
    path("oauth/token/", tokens.token, name="oauth-token"),
    path("oauth/revoke/", tokens.revoke, name="oauth-revoke"),
    path(".well-known/oauth-authorization-server", tokens.metadata, name="oauth-metadata"),
    path("desk/", include("yinuo.web.desk.urls")),
    path("board/", include("yinuo.web.board.urls")),
    path("", include("yinuo.web.hall.urls")),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

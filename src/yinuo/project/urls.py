"""All addresses: citizens at the root, staff below /desk/, whoever supervises below /board/."""

from django.urls import include, path

from yinuo.web import errors, health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("desk/", include("yinuo.web.desk.urls")),
    path("board/", include("yinuo.web.board.urls")),
    path("", include("yinuo.web.hall.urls")),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

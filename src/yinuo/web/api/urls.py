"""The addresses of the API."""

from __future__ import annotations

from django.urls import URLPattern

from yinuo.web.api import cases, catalogue, drafts, notices, public
from yinuo.web.api.site import api

for part in (catalogue, public, drafts, cases, notices):
    api.add_router("", part.router)

# The library's own address for "the API as such" answers nothing that /openapi.json does not.
urlpatterns = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]

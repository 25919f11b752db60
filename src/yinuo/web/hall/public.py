"""What anybody may ask without signing in: the progress of a query code, the standing of a document."""

from __future__ import annotations

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yinuo.apps.cases.queries import Opened
from yinuo.apps.cases.queries import progress as find_progress
from yinuo.apps.documents.queries import signer, standing
from yinuo.apps.items.queries import catalogue
from yinuo.core.errors import Refusal
from yinuo.web import sentences
from yinuo.web.clocks import view
from yinuo.web.limiting import asking, limited
from yinuo.web.story import progress_steps

LONGEST_CODE = 2000


@limited("progress", when=asking("code"))
def progress(request: HttpRequest) -> HttpResponse:
    """How far a case is, by its query code; it names nobody."""
    code = request.GET.get("code", "").strip()[:40]
    if not code:
        return render(request, "hall/progress.html", {"code": ""})
    found = find_progress(code, timezone.now())
    if found is None:
        error = sentences.refusal(Refusal("no-such-code"))
        return render(request, "hall/progress.html", {"code": code, "error": error}, status=404)
    return render(
        request, "hall/progress.html", {"code": code, "new": "new" in request.GET, **_context(found)}
    )


def _context(found: Opened) -> dict[str, object]:
    served, now = catalogue(), timezone.now()
    state = found.state
    promise = state.main_promise
    return {
        "item": found.item,
        "state": state,
        "unit": served.city.units[state.unit],
        "main": view(promise, served, now, found.item) if promise else None,
        "steps": progress_steps(found),
    }


@limited("verify", when=asking("c"))
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a document is ours and still holds, by the code behind its QR. Nothing more is told."""
    code = request.GET.get("c", "").strip()[:LONGEST_CODE]
    if not code:
        return render(request, "hall/verify.html", {"code": ""})
    found = standing(code)
    if isinstance(found, Refusal):
        context = {"code": code, "error": sentences.refusal(found)}
        return render(request, "hall/verify.html", context, status=404)
    item = catalogue().items.get(found.seal.item)
    return render(request, "hall/verify.html", {"code": code, "standing": found, "item": item})


def key(request: HttpRequest) -> HttpResponse:
    """The public key of the codes, so that they verify without this server."""
    pem = signer().public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return HttpResponse(pem, content_type="application/x-pem-file")


def authority(request: HttpRequest) -> HttpResponse:
    """The certificate that signed documents chain to."""
    return HttpResponse(signer().authority_pem, content_type="application/x-pem-file")

"""My data: what is held about me, taking it along, explanations, taking consent back, deleting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yinuo.apps.cases.models import Case
from yinuo.apps.cases.queries import opened
from yinuo.apps.items.queries import catalogue, pinned
from yinuo.apps.mandates.queries import given_by, held_by, principal_name
from yinuo.apps.notices.actions.choose import choose
from yinuo.apps.notices.channels import preference_of
from yinuo.apps.notices.queries import of_person
from yinuo.apps.people.models import Level
from yinuo.apps.rights.closing import closing, open_mandates, own_cases, own_drafts
from yinuo.apps.rights.queries import keeping
from yinuo.apps.signing_in.actions.unlink import unlink
from yinuo.apps.signing_in.queries import is_linked
from yinuo.core.clock import day_of
from yinuo.core.errors import Refusal
from yinuo.core.identifiers import mask
from yinuo.web import sentences
from yinuo.web.hall.my_data.access import citizen, citizens_only
from yinuo.web.hall.my_data.explaining import explanations
from yinuo.web.hall.my_data.holdings import packet, parts
from yinuo.web.hall.my_data.packing import zipped
from yinuo.web.limiting import limited
from yinuo.web.posting import signed_in_post
from yinuo.web.proving import proved_again
from yinuo.web.sessions import session_of


@citizens_only
def overview(request: HttpRequest) -> HttpResponse:
    """Kind by kind, what is held, why, how long, and where it is put right."""
    person, now = citizen(request), timezone.now()
    cases = [_row(case, now) for case in own_cases(person).order_by("-received_at")]
    context = {
        "phone": mask("phone", person.phone) if person.phone else "",
        "identity": mask("idcard", person.identity) if person.identity else "",
        "level": Level(person.level).name.lower(),
        "told_by": preference_of(person).channel,
        "drafts": [(one, pinned(one.item, one.item_version)) for one in own_drafts(person)],
        "cases": cases,
        "notices": of_person(person, day_of(now)).count(),
        "mandates": given_by(person).count() + held_by(person).count(),
        "parts": range(1, parts(person) + 1),
        "retention": catalogue().retention,
    }
    return render(request, "hall/my_data/overview.html", context)


def _row(case: Case, now: Any) -> dict[str, Any]:
    item = pinned(case.item, case.item_version)
    return {
        "case": case,
        "item": item,
        "for": principal_name(case.principal) if case.principal else "",
        "keeping": keeping(case, day_of(now)),
        "corrections": _corrections(item.branch) if case.ended_at else [],
    }


def _corrections(branch: str) -> list[Any]:
    """By which services a closed record is corrected: those of the same branch, then the one for all."""
    served = catalogue()
    known = [served.items[key] for key in served.retention.corrections if key in served.items]
    return [one for one in known[1:] if one.branch == branch] + known[:1]


@signed_in_post
@citizens_only
@proved_again
@limited("take-along")
def take(request: HttpRequest) -> Any:
    """One zip, made while it goes out."""
    person, now = citizen(request), timezone.now()
    number = request.POST.get("part", "1")
    part = int(number) if number.isdecimal() and len(number) < 6 else 0
    if not 1 <= part <= parts(person):
        raise Http404
    response = StreamingHttpResponse(zipped(packet(person, part, now), now), content_type="application/zip")
    name = f"yinuo-my-data-{day_of(now)}-{part}.zip"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@citizens_only
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision in one's own cases that time made by itself."""
    person, now = citizen(request), timezone.now()
    found = [opened(case, now) for case in own_cases(person).order_by("-received_at")]
    rows = [(one, explanations(one)) for one in found]
    return render(request, "hall/my_data/decisions.html", {"rows": [row for row in rows if row[1]]})


@citizens_only
def consent(request: HttpRequest) -> HttpResponse:
    """Everything that somebody agreed to, and what follows from taking it back."""
    person, now = citizen(request), timezone.now()
    found = closing(person, now)
    context = {
        "told_by": preference_of(person).channel,
        "is_linked": is_linked(person),
        "programs": found.programs,
        "mandates": open_mandates(person),
    }
    return render(request, "hall/my_data/consent.html", context)


@signed_in_post
@citizens_only
def quiet(request: HttpRequest) -> HttpResponse:
    """No text message and no e-mail any more; the address is deleted."""
    person = citizen(request)
    choose(person, channel="hall", email="", language=preference_of(person).language)
    messages.success(request, _("以后不再发短信和邮件，通知只放在大厅里。邮箱地址已经删了。"))
    return redirect("my-data-consent")


@signed_in_post
@citizens_only
def part_from_provider(request: HttpRequest) -> HttpResponse:
    """The identity provider signs nobody in here any more."""
    no = unlink(citizen(request), timezone.now(), but=session_of(request))
    if isinstance(no, Refusal):
        messages.error(request, sentences.refusal(no))
    else:
        messages.success(request, _("已经解除。以后用手机号和密码或者验证码登录。"))
    return redirect("my-data-consent")


@citizens_only
def deleting(request: HttpRequest) -> HttpResponse:
    """What can be deleted now, and what cannot, until when and by which law."""
    person, now = citizen(request), timezone.now()
    found = closing(person, now)
    context = {
        "drafts": [(one, pinned(one.item, one.item_version)) for one in found.drafts],
        "open": [(one, pinned(one.item, one.item_version)) for one in found.open],
        "stays": [(one, pinned(one.case.item, one.case.item_version)) for one in found.stays],
        "rules": catalogue().retention.rules,
    }
    return render(request, "hall/my_data/deleting.html", context)

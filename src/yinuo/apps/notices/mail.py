"""E-mail over the city's SMTP server."""

from __future__ import annotations

from contextlib import suppress
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from yinuo.apps.notices.models import Notice
from yinuo.apps.notices.outcome import SENT, Outcome, identity
from yinuo.apps.notices.wording import foot, lang_of

TIMEOUT = 10.0  # seconds for each answer of the server


def send(notice: Notice, to: str) -> Outcome:
    """`unsure` when the connection is lost after the message was begun: the server may have it or not."""
    backend = _backend()
    try:
        backend.open()
    except (SMTPException, OSError) as error:
        return Outcome("later", _code(error))
    try:
        backend.send_messages([_message(notice, to)])
    except SMTPRecipientsRefused as error:
        return _refused(next(iter(error.recipients.values()))[0])
    except SMTPResponseException as error:
        return _refused(error.smtp_code)
    except (SMTPException, OSError) as error:
        return Outcome("unsure", _code(error))
    finally:
        with suppress(SMTPException, OSError):
            backend.close()
    return SENT


def _backend() -> EmailBackend:
    server = settings.SMTP
    assert server is not None, "nothing is sent over a channel that is not connected"
    return EmailBackend(
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.security == "starttls",
        use_ssl=server.security == "ssl",
        fail_silently=False,
        timeout=TIMEOUT,
    )


def _message(notice: Notice, to: str) -> EmailMessage:
    """Its Message-ID is the same at every try, so that a mailbox may know a second copy."""
    host = urlsplit(settings.ORIGIN).hostname
    foot_ = foot(notice.case, lang_of(notice.language))
    return EmailMessage(
        notice.subject,
        f"{notice.body}\n\n{foot_}\n",
        settings.MAIL_FROM,
        [to],
        headers={
            "Message-ID": f"<{identity(notice.key)}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": notice.language,
        },
    )


def _refused(code: int) -> Outcome:
    """RFC 5321 4.2.1: 4yz is for a while, 5yz for good."""
    return Outcome("dead" if code >= 500 else "later", f"smtp-{code}")


def _code(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        return f"smtp-{error.smtp_code}"
    return "timeout" if isinstance(error, TimeoutError) else "connection"

"""A mail backend that keeps every mail in the database, where a page shows it."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from cordee.ground.messages.models import MailboxItem


class MailboxBackend(BaseEmailBackend):
    """Hand over = one row; the same Message-ID again changes nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            html = (
                next((body for body, kind in mail.alternatives if kind == "text/html"), "")
                if isinstance(mail, EmailMultiAlternatives)
                else ""
            )
            built = mail.message()
            MailboxItem.objects.get_or_create(
                message_id=str(built["Message-ID"]),
                defaults={
                    "sender": mail.from_email,
                    "to": ", ".join(mail.recipients()),
                    "subject": mail.subject,
                    "text": str(mail.body),
                    "html": str(html),
                },
            )
        return len(email_messages)

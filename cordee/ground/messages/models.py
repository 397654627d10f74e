"""Letters to send, the mailbox of the demo."""

from django.db import models


class MailboxItem(models.Model):
    """A mail that was handed over, kept instead of sent: in development and in the demo."""

    message_id = models.CharField(max_length=200, unique=True)  # the same mail handed over twice is one mail
    at = models.DateTimeField(auto_now_add=True)
    sender = models.CharField(max_length=200)
    to = models.CharField(max_length=400)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.subject

"""Letters to send (each once), and the mailbox that keeps them in the demo."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.ground.files.models import Document
from cordee.ground.kit.ids import PublicId


class Bookmark(models.Model):
    """How far the teller has read one book."""

    book = models.CharField(max_length=80, unique=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.book} {self.number}"


class Letter(PublicId):
    """One mail to one person about one line of a book: told once, sent once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("à envoyer")
        SENDING = "sending", _("en cours d’envoi")
        SENT = "sent", _("envoyé")
        FAILED = "failed", _("échec")

    class Channel(models.TextChoices):
        MAIL = "mail", _("e-mail")
        SMS = "sms", _("SMS")

    book = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=4, choices=Channel.choices, default=Channel.MAIL)
    address = models.CharField(max_length=254)  # an e-mail address, or a telephone number
    reply_to = models.CharField(max_length=254, blank=True)  # where an answer lands in the conversation
    stop_url = models.CharField(max_length=300, blank=True)  # one click there stops such letters
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "number", "kind", "to"], name="letters_letter_once")]
        indexes = [models.Index(fields=["state", "due_at"], name="letters_letter_due")]

    def __str__(self) -> str:
        return self.subject


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


class Thread(PublicId):
    """A conversation about one subject of one grouping."""

    book = models.CharField(max_length=80)  # the grouping's book: the key by which it is shown
    subject = models.CharField(max_length=120)  # the address of what it is about
    title = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "subject"], name="letters_thread_once")]

    def __str__(self) -> str:
        return self.title or self.subject


class Message(PublicId):
    """What somebody wrote, for their seat."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    text = models.TextField()
    by_mail = models.BooleanField(default=False)  # an answer sent by e-mail

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class Attachment(models.Model):
    """A document that came with a message."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.document)


class Preference(models.Model):
    """What one wants to be written. Nothing chosen yet is what stands here."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    talk = models.BooleanField(default=True)  # what others write in conversations
    reminders = models.BooleanField(default=True)  # what one has not answered yet
    digest = models.BooleanField(default=False)  # one letter a week
    sms = models.BooleanField(default=False)  # what is urgent, by text message too

    def __str__(self) -> str:
        return f"{self.person_id}"


class TakenMail(models.Model):
    """An answer by e-mail that was taken: the same one again changes nothing."""

    message_id = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.message_id


class Hook(PublicId):
    """An address outside that is told of new lines of the books of a company: a webhook, signed with its secret."""

    company = models.CharField(max_length=120)  # the address of the company whose books it hears of
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=300)
    secret = models.CharField(max_length=64)
    acts = models.JSONField(default=list)  # beginnings of names of acts, « governance. »; empty: all
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)  # being told at this moment
    due_at = models.DateTimeField()  # not before
    tries = models.PositiveSmallIntegerField(default=0)  # in a row without success
    trouble = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # the last success
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ended_at", "due_at"], name="letters_hook_due")]

    def __str__(self) -> str:
        return self.address


class HookMark(models.Model):
    """How far a hook was told of one book."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="marks")
    book = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hook", "book"], name="letters_hookmark_once")]

    def __str__(self) -> str:
        return f"{self.book} {self.number}"

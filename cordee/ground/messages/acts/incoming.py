"""An answer by e-mail: it lands in the conversation it answers, or is refused for a reason."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from html.parser import HTMLParser
from pathlib import PurePath

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from cordee.ground.files.acts import check_upload
from cordee.ground.kit.refusals import Refusal
from cordee.ground.messages.acts.talk import MOST_FILES, write_message
from cordee.ground.messages.models import Message, TakenMail, Thread
from cordee.ground.messages.reads import REPLY_BOX, link_of_reply
from cordee.ground.people.acts import person_of
from cordee.ground.people.models import Link

LARGEST = 20 * 1024 * 1024
LONGEST = 8000
AN_HOUR = 20
"""More answers of one person in an hour are a machine’s."""

_QUOTED = re.compile(
    r"^(>|-{2,} ?(message d.origine|original message|forwarded message|message transféré)|_{10,}$|"
    r"(le|on) .{4,200}(a écrit|wrote) ?:?$|de ?: .+@.+|from: .+@.+|-- ?$|envoyé (de|depuis) mon|sent from my)",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"^(re ?: ?)?(réponse automatique|absence|absent|out of office|automatic reply|auto(matic)?[- ]?reply|"
    r"undelivered|delivery status|mail delivery)",
    re.IGNORECASE,
)


class NotForUs(Refusal):
    """The mail is addressed to no conversation of ours."""


class Stranger(Refusal):
    """The mail comes from somebody else than the person whose address it is."""


class Automatic(Refusal):
    """A machine wrote it: answering machines must never talk to one another."""


class NothingNew(Refusal):
    """There is nothing to read in it, or it was taken already."""


def take_mail(raw: bytes, *, at: datetime) -> Message:
    """Put an answer by e-mail where it belongs.

    Allowed       the person to whom the address was given, from an address of theirs, as long as they hold the seat.
    Refused when  a machine wrote it, it comes from a stranger, the address is not ours or no longer valid, it is empty,
                  too large, taken already, or the twentieth within the hour.
    Tells         messages.message.written, with the digest of each attachment that is taken.
    """
    if len(raw) > LARGEST:
        raise NothingNew(_("Ce mail est trop lourd."), do=_("Déposez le fichier sur la page de la conversation."))
    mail = message_from_bytes(raw, policy=policy.default)
    if not isinstance(mail, EmailMessage) or _by_machine(mail):
        raise Automatic(_("Ce mail vient d’un automate."))
    link = _link(mail, at=at)
    sender = person_of(parseaddr(_header(mail, "From"))[1])
    if sender is None or sender.pk != link.person_id or not sender.is_active:
        raise Stranger(_("Ce mail ne vient pas de la personne à qui cette adresse a été donnée."))
    text = _new_words(_plain(mail))
    files, left = _files(mail)
    if not text and not files and not left:
        raise NothingNew(_("Ce mail ne contient rien de nouveau."))
    recent = Message.objects.filter(by=sender, at__gt=at - timedelta(hours=1), by_mail=True).count()
    if recent >= AN_HOUR:
        raise Automatic(_("Trop de réponses en une heure : cela ressemble à un automate."))
    thread = Thread.objects.filter(public_id=link.subject.rpartition("/")[2]).first()
    if thread is None:
        raise NotForUs(_("Cette conversation n’existe plus."))
    name = _header(mail, "Message-ID")[:200] or f"{sender.pk} {hash(raw)}"
    _kept, new = TakenMail.objects.get_or_create(message_id=name, defaults={"at": at})
    if not new:
        raise NothingNew(_("Ce mail a déjà été pris."))
    if left:
        said = _("Pièce que nous ne prenons pas : %(names)s") % {"names": ", ".join(left)}
        text = f"{text}\n\n({said})".strip()
    message = write_message(thread, text, files=files, by=link.actor, at=at)
    Message.objects.filter(pk=message.pk).update(by_mail=True)
    return message


def _files(mail: EmailMessage) -> tuple[list[SimpleUploadedFile], list[str]]:
    """What was attached: the files that we take, as many as one message carries, and the names of the others.

    A picture shown inside the text (a logo under a signature) is not an attachment.
    """
    taken: list[SimpleUploadedFile] = []
    left: list[str] = []
    for part in mail.iter_attachments():
        name = PurePath((part.get_filename() or "").replace("\\", "/")).name
        if not name or part.get_content_disposition() == "inline" or part.get("Content-ID"):
            continue
        content = part.get_payload(decode=True)
        file = SimpleUploadedFile(name, content if isinstance(content, bytes) else b"")
        try:
            if len(taken) >= MOST_FILES:
                raise Refusal("")
            check_upload(file)
            file.seek(0)
            taken.append(file)
        except Refusal:
            left.append(name[:80])
    return taken, left


def _header(mail: EmailMessage, name: str) -> str:
    """A header as text; one that cannot be read is empty."""
    try:
        return str(mail.get(name, ""))
    except (ValueError, IndexError, AttributeError):
        return ""


def _by_machine(mail: EmailMessage) -> bool:
    said = _header(mail, "Auto-Submitted").lower()
    sender = parseaddr(_header(mail, "From"))[1].lower().partition("@")[0]
    return (
        (said not in ("", "no"))
        or _header(mail, "Precedence").lower() in ("bulk", "junk", "list", "auto_reply")
        or any(
            mail.get(name) is not None for name in ("List-Id", "X-Autoreply", "X-Autorespond", "X-Failed-Recipients")
        )
        or _header(mail, "Return-Path").strip() == "<>"
        or sender in ("", "mailer-daemon", "postmaster", "noreply", "no-reply", REPLY_BOX)
        or sender.startswith(f"{REPLY_BOX}+")
        or mail.get_content_type() == "multipart/report"
        or bool(_ABSENT.match(_header(mail, "Subject").strip()))
    )


def _link(mail: EmailMessage, *, at: datetime) -> Link:
    named = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
    lines = [str(value) for name in named for value in mail.get_all(name, [])]
    for _name, each in getaddresses(lines):
        box, _at, _domain = each.partition("@")
        if box.lower().startswith(f"{REPLY_BOX}+"):
            link = link_of_reply(box[len(REPLY_BOX) + 1 :].lower())
            if link is None:
                continue
            if link.revoked_at or link.expires_at <= at:
                raise NotForUs(_("Cette adresse de réponse n’est plus valable."), do=_("Écrivez sur la page."))
            return link
    raise NotForUs(_("Ce mail n’est adressé à aucune conversation."))


def _plain(mail: EmailMessage) -> str:
    """The words of a mail; from its HTML where there is no text."""
    for kind in ("plain", "html"):
        part = mail.get_body(preferencelist=(kind,))
        if part is None:
            continue
        try:
            text = str(part.get_content())
        except (LookupError, ValueError):
            text = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
        return text if kind == "plain" else _stripped(text)
    return ""


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "script", "head", "blockquote")
        if tag in ("p", "br", "div", "li", "tr"):
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script", "head", "blockquote") and self.hidden > 0

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def _stripped(html: str) -> str:
    reader = _Words()
    reader.feed(html[:200_000])
    return "".join(reader.found)


def _new_words(text: str) -> str:
    """What somebody added, without the letter that is quoted under it, nor the signature."""
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\x00", "").split("\n"):
        if _QUOTED.match(line.strip()):
            break
        kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()[:LONGEST]

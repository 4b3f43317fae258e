"""Text messages in and out. The rows are the truth; gateways only carry."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from twiza.foundation.accounts.models import Language
from twiza.foundation.messaging.states import State

LONGEST_TEXT = 1600


class Kind(models.TextChoices):
    """Why we write. Silence (STOP) holds for everything but a person's own codes and warnings, and the answers they ask for."""

    SERVICE = "service", "service"
    SECURITY = "security", "security"
    REPLY = "reply", "reply"
    LESSON = "lesson", "lesson"
    MARKETING = "marketing", "marketing"


# Who waits for it leaves before whom it would only please: the lowest first.
PRIORITY: dict[str, int] = {Kind.SECURITY: 0, Kind.REPLY: 1, Kind.SERVICE: 2, Kind.LESSON: 3, Kind.MARKETING: 4}


class Message(models.Model):
    """A text to somebody, from the wish to the phone."""

    key = models.CharField(max_length=120, unique=True, help_text="As `order-placed:91`: the same wish is the same row.")
    to = models.CharField(max_length=16)
    text = models.TextField()
    language = models.CharField(max_length=3, choices=Language)
    kind = models.CharField(max_length=9, choices=Kind)
    encoding = models.CharField(max_length=4, choices=[("gsm7", "GSM-7"), ("ucs2", "UCS-2")])
    units = models.PositiveIntegerField(help_text="Septets in GSM-7, UTF-16 units in UCS-2.")
    parts = models.PositiveSmallIntegerField(help_text="What an operator bills.")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    priority = models.PositiveSmallIntegerField(default=PRIORITY[Kind.SERVICE], help_text="The lowest leaves first.")
    gateway = models.CharField(max_length=60, blank=True, help_text="Empty until it is handed over.")
    gateway_reference = models.CharField(max_length=120, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(null=True, blank=True, help_text="The moment it may leave, or be tried again.")
    waits_for_morning = models.BooleanField(default=False, help_text="Nobody asked for it just now: it wakes nobody.")
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["to", "-id"], name="message_to"),
            models.Index(fields=["gateway", "gateway_reference"], name="message_reference"),
            models.Index(fields=["created_at"], condition=Q(state__in=["queued", "sending"]), name="message_on_its_way"),
            models.Index(fields=["priority", "id"], condition=Q(state="queued"), name="message_leaves_next"),
            models.Index(fields=["gateway", "claimed_at"], name="message_claimed"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(to__regex=r"^\+[0-9]{6,15}$"), name="message_to_e164"),
            models.CheckConstraint(condition=Q(parts__gte=1), name="message_has_a_part"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="message_kind_known"),
        ]

    def __str__(self) -> str:
        return self.key


class Receipt(models.Model):
    """What a carrier said became of a message. Rows are added, never changed."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="receipts")
    state = models.CharField(max_length=10, choices=State)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    raw = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class InboundText(models.Model):
    """A text from somebody, and what we made of it."""

    gateway = models.CharField(max_length=60)
    gateway_id = models.CharField(max_length=120)
    sender = models.CharField(max_length=20, help_text="E.164 when it is a telephone; some carriers send names.")
    text = models.TextField(help_text=f"At most {LONGEST_TEXT} characters.")
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    intent = models.CharField(max_length=20, blank=True, help_text="What we read: accept, orders … or unknown.")
    outcome = models.CharField(max_length=40, blank=True, help_text="done, asked, or the code of the refusal.")
    note = models.CharField(max_length=120, blank=True)
    needs_person = models.BooleanField(default=False, help_text="Nobody understood it yet: a person should read it.")
    answered_by = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="answers_to")

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["sender", "-id"], name="inbound_sender"),
            models.Index(fields=["id"], condition=Q(needs_person=True), name="inbound_needs_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["gateway", "gateway_id"], name="inbound_once_per_gateway_id"),
        ]

    def __str__(self) -> str:
        return f"{self.gateway}:{self.gateway_id}"


class OptOut(models.Model):
    """Somebody asked for silence, in these words; live until `until` is set."""

    phone = models.CharField(max_length=16)
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone"], condition=Q(until__isnull=True), name="opt_out_one_live_per_phone"),
        ]

    def __str__(self) -> str:
        return self.phone


class ConversationNote(models.Model):
    """What a conversation by text keeps in mind for a while: the question that waits, or the change that may be taken back."""

    class About(models.TextChoices):
        QUESTION = "question"
        UNDO = "undo"

    phone = models.CharField(max_length=20)
    about = models.CharField(max_length=10, choices=About)
    facts = models.JSONField(help_text="Whatever is needed to go on, as the channel wrote it.")
    said_in = models.CharField(max_length=120, help_text="The key of the text in which we said or asked it.")
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone", "about"], name="conversation_one_note_per_phone"),
        ]

    def __str__(self) -> str:
        return f"{self.phone}:{self.about}"

"""What was ordered. Everything is copied from the basket and the catalogue: nothing here follows later changes."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from twiza.domain.catalogue.models import Way, Withdrawal
from twiza.domain.directory.models import Accreditation
from twiza.domain.orders.models.cart import MOST_MESSAGE, comes_from_abroad, unguessable
from twiza.kit.countries import HOME
from twiza.kit.quantities import content_label, named_content
from twiza.kit.translations import translated


class OrderGroup(models.Model):
    """What the buyer sees as one order: one basket, one payment, one part per cooperative."""

    class Status(models.TextChoices):
        UNPAID = "unpaid", pgettext_lazy("order", "waiting for payment")
        PLACED = "placed", _("placed")
        IN_PROGRESS = "in_progress", _("in progress")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    cart = models.OneToOneField("orders.Cart", on_delete=models.PROTECT, related_name="order_group")
    number = models.CharField(max_length=12, unique=True, null=True)
    token = models.CharField(max_length=40, unique=True, default=unguessable)
    status = models.CharField(max_length=11, choices=Status, default=Status.PLACED)
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    buyer_name = models.CharField(max_length=120)
    buyer_phone = models.CharField(max_length=16, blank=True)
    buyer_email = models.EmailField(blank=True)
    buyer_country = models.CharField(max_length=2, default=HOME)
    language = models.CharField(max_length=3)
    commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, related_name="+")
    landmark = models.CharField(max_length=240)
    recipient_name = models.CharField(max_length=120, blank=True, help_text="Who receives it, when it is not the buyer.")
    recipient_phone = models.CharField(max_length=16, blank=True)
    gift_message = models.CharField(max_length=MOST_MESSAGE, blank=True)
    note = models.CharField(max_length=240, blank=True)
    pay_with = models.CharField(max_length=30)
    items_centimes = models.PositiveIntegerField()
    delivery_centimes = models.PositiveIntegerField()
    coupon = models.ForeignKey("orders.Coupon", on_delete=models.PROTECT, null=True, blank=True, related_name="groups")
    discount_centimes = models.PositiveIntegerField(default=0)
    total_centimes = models.PositiveIntegerField()
    due_centimes = models.PositiveIntegerField(help_text="The total less the parts that are not owed.")
    placed_at = models.DateTimeField(auto_now_add=True)
    pay_before = models.DateTimeField(
        null=True, blank=True, help_text="Paid before anything is prepared: without it by then, it is cancelled."
    )
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="The buyer was written to that it waits for its money.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirm_before = models.DateTimeField(
        null=True, blank=True, help_text="What is to be sent and paid on delivery is cancelled without the buyer's yes by then."
    )
    confirmation_code = models.CharField(max_length=6)
    confirmation_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(total_centimes=F("items_centimes") + F("delivery_centimes") - F("discount_centimes")),
                name="order_group_parts_make_the_total",
            ),
            models.CheckConstraint(condition=Q(due_centimes__lte=F("total_centimes")), name="order_group_due_within_total"),
            models.CheckConstraint(
                condition=Q(buyer_phone__startswith="+") | (Q(buyer_phone="") & ~Q(buyer_email="")), name="order_group_phone_e164"
            ),
            models.CheckConstraint(
                condition=Q(recipient_name="", recipient_phone="", gift_message="")
                | (Q(recipient_phone__startswith="+") & ~Q(recipient_name="")),
                name="order_group_recipient_can_be_called",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["unpaid", "placed", "in_progress", "done", "cancelled"]),
                name="order_group_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="unpaid") | Q(pay_before__isnull=False), name="order_group_unpaid_has_a_limit"
            ),
        ]
        indexes = [
            models.Index(fields=["buyer_phone", "-id"], name="order_group_by_phone"),
            models.Index(fields=["pay_before"], condition=Q(status="unpaid"), name="order_group_to_be_paid"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_for_another(self) -> bool:
        """Somebody else than the buyer receives it."""
        return bool(self.recipient_phone)

    @property
    def is_gift_from_abroad(self) -> bool:
        return comes_from_abroad(self.recipient_phone, self.buyer_country, self.buyer_phone)

    @property
    def is_paid_first(self) -> bool:
        """Its cooperatives are asked once it is paid."""
        return self.pay_before is not None

    @property
    def is_paid_by_transfer(self) -> bool:
        """The buyer's own bank sends the money, with what the order's page says written on it."""
        return self.pay_with == "bank_transfer"

    @property
    def payment_reference(self) -> str:
        return f"group:{self.pk}"

    @property
    def receiver_name(self) -> str:
        """Whose name stands on the parcels."""
        return self.recipient_name or self.buyer_name

    @property
    def receiver_phone(self) -> str:
        """Whom whoever brings them calls."""
        return self.recipient_phone or self.buyer_phone

    @property
    def declined_centimes(self) -> int:
        """Of the parts that were declined or did not arrive."""
        return self.total_centimes - self.due_centimes

    @property
    def gift_discount_centimes(self) -> int:
        """What its gift baskets cost less than what is in them. Prefetch the orders' lines."""
        return sum(order.gift_discount_centimes for order in self.orders.all())

    @property
    def coupon_discount_centimes(self) -> int:
        """What its coupon takes off. Prefetch the orders' lines."""
        return self.discount_centimes - self.gift_discount_centimes

    @property
    def most_due_centimes(self) -> int:
        """What may be owed once everything is weighed. Prefetch the orders' lines."""
        grows = sum(order.most_centimes - order.total_centimes for order in self.orders.all() if order.is_owed)
        return self.due_centimes + grows


class OrderMail(models.Model):
    """What was written to a buyer's e-mail address: each once."""

    group = models.ForeignKey(OrderGroup, on_delete=models.PROTECT, related_name="mails")
    key = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key


class OrderCounter(models.Model):
    """The last order number a cooperative was given. Numbers are its own, so that they stay short."""

    cooperative = models.OneToOneField("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.last)


class Order(models.Model):
    """One cooperative's part."""

    class Status(models.TextChoices):
        UNPAID = "unpaid", pgettext_lazy("order", "waiting for payment")
        LAPSED = "lapsed", pgettext_lazy("order", "not paid")
        PLACED = "placed", _("waiting for an answer")
        OFFERED = "offered", pgettext_lazy("order", "waiting for the buyer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        CLOSED = "closed", _("closed")
        UNDELIVERED = "undelivered", pgettext_lazy("order", "not delivered")

    group = models.ForeignKey(OrderGroup, on_delete=models.PROTECT, related_name="orders")
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="orders")
    number = models.CharField(max_length=8)
    status = models.CharField(max_length=11, choices=Status, default=Status.PLACED)
    seller_name_fr = models.CharField(max_length=240, blank=True)
    seller_name_ar = models.CharField(max_length=240, blank=True)
    seller_registration = models.CharField(max_length=120, blank=True)
    seller_place_fr = models.CharField(max_length=240, blank=True)
    seller_place_ar = models.CharField(max_length=240, blank=True)
    items_centimes = models.PositiveIntegerField()
    delivery_centimes = models.PositiveIntegerField(help_text="Carriage and the fee for cash together.")
    discount_centimes = models.PositiveIntegerField(default=0, help_text="The sum of its lines'.")
    total_centimes = models.PositiveIntegerField()
    answer_before = models.DateTimeField()
    chase_at = models.DateTimeField(help_text="While it waits for an answer: when the next step is taken.")
    give_up_at = models.DateTimeField(help_text="Without an answer by then it is cancelled for the buyer.")
    answered_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["group", "cooperative"], name="order_once_per_cooperative"),
            models.UniqueConstraint(fields=["cooperative", "number"], name="order_number_once_per_cooperative"),
            models.CheckConstraint(
                condition=Q(total_centimes=F("items_centimes") + F("delivery_centimes") - F("discount_centimes")),
                name="order_parts_make_the_total",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["unpaid", "lapsed", "placed", "offered", "accepted", "declined", "closed", "undelivered"]
                ),
                name="order_status_known",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "status", "-id"], name="order_by_cooperative"),
            models.Index(fields=["chase_at"], condition=Q(status="placed"), name="order_to_chase"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_owed(self) -> bool:
        return self.status not in {Order.Status.DECLINED, Order.Status.UNDELIVERED, Order.Status.LAPSED}

    @property
    def carriage_centimes(self) -> int:
        """What bringing it costs, whoever bears it. Select the fulfilment."""
        return self.delivery_centimes + self.fulfilment.free_centimes

    @property
    def cooperative_discount_centimes(self) -> int:
        """What of its coupon the cooperative bears itself. Prefetch the lines."""
        return sum(line.cooperative_discount_centimes for line in self.lines.all() if not line.gift_basket_id)

    @property
    def gift_discount_centimes(self) -> int:
        """What its parts of gift baskets cost less than by themselves. Prefetch the lines."""
        return sum(line.discount_centimes for line in self.lines.all() if line.gift_basket_id)

    @property
    def coupon_discount_centimes(self) -> int:
        """What a coupon takes off it. Prefetch the lines."""
        return self.discount_centimes - self.gift_discount_centimes

    @property
    def seller_name(self) -> str:
        return translated(self, "seller_name")

    @property
    def seller_place(self) -> str:
        return translated(self, "seller_place")

    @property
    def most_centimes(self) -> int:
        """What it may come to once everything in it is weighed. Prefetch the lines."""
        return self.total_centimes + sum(line.may_grow_centimes for line in self.lines.all())

    @property
    def is_weighed(self) -> bool:
        """Something in it is sold by weight. Prefetch the lines."""
        return any(line.is_weighed for line in self.lines.all())

    @property
    def waits_for_the_scales(self) -> bool:
        """Prefetch the lines."""
        return any(line.waits_for_the_scales for line in self.lines.all())


class OrderLine(models.Model):
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey("catalogue.Variant", on_delete=models.PROTECT, related_name="+")
    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.PROTECT, related_name="+")
    name_fr = models.CharField(max_length=120, blank=True)
    name_ar = models.CharField(max_length=120, blank=True)
    variant_name_fr = models.CharField(max_length=80, blank=True)
    variant_name_ar = models.CharField(max_length=80, blank=True)
    net_content = models.DecimalField(max_digits=12, decimal_places=3)
    net_unit = models.CharField(max_length=5)
    quantity = models.PositiveSmallIntegerField()
    price_centimes = models.PositiveIntegerField(help_text="Of one.")
    total_centimes = models.PositiveIntegerField()
    gift_basket = models.ForeignKey("storefronts.GiftBasket", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    part_of_fr = models.CharField(max_length=80, blank=True, help_text="The gift basket's name.")
    part_of_ar = models.CharField(max_length=80, blank=True)
    discount_centimes = models.PositiveIntegerField(
        default=0, help_text="What a coupon takes off its total, or what the gift basket it is part of costs less."
    )
    cooperative_discount_centimes = models.PositiveIntegerField(default=0, help_text="What of that the cooperative bears.")
    weight_grams = models.PositiveIntegerField(help_text="Of all of them, packed.")
    withdrawal = models.CharField(max_length=14, choices=Withdrawal)
    way = models.CharField(max_length=13, choices=Way, default=Way.SHELF)
    labels = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, help_text="What it carried that day, as `aop AOP-7`."
    )
    ships_by = models.DateField(null=True, blank=True, help_text="It leaves by this day, as was promised when it was ordered.")
    most_centimes = models.PositiveIntegerField(
        null=True, blank=True, help_text="What the buyer pays at most for what is weighed; empty for what is not."
    )
    weighed_grams = models.PositiveIntegerField(null=True, blank=True, help_text="What all of it weighed when it was packed.")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(total_centimes=F("price_centimes") * F("quantity"), weighed_grams__isnull=True)
                | Q(weighed_grams__isnull=False, weighed_grams__gt=0, most_centimes__isnull=False),
                name="order_line_total_is_exact",
            ),
            models.CheckConstraint(
                condition=Q(most_centimes__isnull=True) | Q(total_centimes__lte=F("most_centimes"), net_unit="g"),
                name="order_line_weighed_within_its_cap",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_line_has_a_quantity"),
            models.CheckConstraint(
                condition=Q(
                    discount_centimes__lte=F("total_centimes"), cooperative_discount_centimes__lte=F("discount_centimes")
                ),
                name="order_line_discount_within_total",
            ),
            models.CheckConstraint(condition=Q(way="shelf") ^ Q(ships_by__isnull=False), name="order_line_ahead_has_a_promise"),
        ]
        indexes = [models.Index(fields=["storefront", "variant"], name="order_line_by_storefront")]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.name}"

    @property
    def name(self) -> str:
        return translated(self, "name")

    @property
    def part_of(self) -> str:
        """The gift basket it came in; nothing for what was bought by itself."""
        return translated(self, "part_of")

    @property
    def labels_carried(self) -> list[str]:
        """In the reader's words, each with the number of its certificate."""
        return [Accreditation.in_words(label) for label in self.labels]

    @property
    def content(self) -> str:
        return self.content_in(get_language() or "fr")

    def content_in(self, language: str) -> str:
        name = translated(self, "variant_name", language)
        return named_content(name, self.net_content, self.net_unit, language, is_about=self.is_weighed)

    def name_with_content(self, language: str) -> str:
        """As `Miel de thym 500 g`."""
        return f"{translated(self, 'name', language)} {self.content_in(language)}".strip()

    @property
    def is_weighed(self) -> bool:
        """The buyer pays its real weight, up to what was agreed to."""
        return self.most_centimes is not None

    @property
    def waits_for_the_scales(self) -> bool:
        return self.is_weighed and self.weighed_grams is None

    @property
    def asked_grams(self) -> int:
        """About what the buyer asked for, of what is weighed."""
        return int(self.quantity * self.net_content)

    @property
    def asked_content(self) -> str:
        return content_label(Decimal(self.asked_grams), "g", get_language() or "fr")

    @property
    def weighed_content(self) -> str:
        """What the scales said, as `1,62 kg`; nothing before."""
        return content_label(Decimal(self.weighed_grams), "g", get_language() or "fr") if self.weighed_grams else ""

    @property
    def may_grow_centimes(self) -> int:
        """So much more than now may it cost once it is weighed."""
        return (self.most_centimes or 0) - self.total_centimes if self.waits_for_the_scales else 0

"""The customer file: who they are, how they are reached, what was said, which files are the same person (REC-23, 25, 28, 30)."""
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from config.accounts.access import among, reach
from config.web.versions import Versioned
from reception.customers.permissions import Can
from reception.customers.phones import mask, show_local
from staff.organisation.models import Posting


class CustomerQuerySet(models.QuerySet):
    """Customers by viewer."""

    def visible_to(self, user, capability=Can.READ):
        """The files in reach: those known in the halls, owned by the team, or one's own (REC-30). Merged files are reached through the kept one,
        erased ones not at all."""
        return self.within(reach(user, capability))

    def within(self, far):
        """The files that this Reach covers."""
        rows = self.filter(merged_into__isnull=True, erased_at__isnull=True)
        if far.everything:
            return rows
        own = among(Involvement.objects.filter(employee_id=far.employee_id, until__isnull=True).values("customer")) | Q(owner_id=far.employee_id)
        scope = Q(pk__in=[])
        if far.halls:
            scope |= Q(pk__in=CustomerHall.objects.filter(hall__in=far.halls).values("customer"))
        if far.teams:
            scope |= among(Posting.objects.on(timezone.localdate()).filter(team_id__in=far.teams).values("employee_id"), "owner_id")
        if far.own and far.employee_id:
            scope |= own
        return rows.filter(scope)


class Customer(Versioned):
    """One customer file (客户档案). A contact without a name or without a phone is a file too."""

    class Choice(models.TextChoices):
        """The customer's own choice (REC-28)."""

        OPEN = "open", _("may be contacted")
        DECLINED = "declined", _("declined this offer")
        DO_NOT_CONTACT = "do_not_contact", _("do not contact")

    class Channel(models.TextChoices):
        """How the customer likes to be reached (REC-26)."""

        PHONE = "phone", _("by telephone")
        WECHAT = "wechat", _("by WeChat")
        MESSAGE = "message", _("by text message")
        EMAIL = "email", _("by e-mail")
        VISIT = "visit", _("in person")

    number = models.CharField(_("customer number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    company = models.CharField(_("company"), max_length=120, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    source = models.CharField(_("how they heard of us"), max_length=60, blank=True)
    owner = models.ForeignKey("staff.Employee", null=True, blank=True, on_delete=models.PROTECT, related_name="customers", verbose_name=_("owner"))
    choice = models.CharField(_("customer's choice"), max_length=16, choices=Choice.choices, default=Choice.OPEN)
    choice_reason = models.CharField(_("reason of the choice"), max_length=300, blank=True)
    choice_at = models.DateTimeField(_("chosen at"), null=True, blank=True)
    attention = models.CharField(_("attention mark"), max_length=300, blank=True)
    prefers_channel = models.CharField(_("reached best"), max_length=8, choices=Channel.choices, blank=True)
    prefers_time = models.CharField(_("best time"), max_length=60, blank=True)
    prefers_language = models.CharField(_("language to speak"), max_length=40, blank=True)
    prefers_manner = models.CharField(_("manner"), max_length=200, blank=True)
    confirmed_at = models.DateTimeField(_("checked with the customer at"), null=True, blank=True)
    confirmed_by = models.ForeignKey("config.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("checked by"))
    sort_key = models.CharField(max_length=200, blank=True, db_collation="C")
    search_keys = models.TextField(blank=True)
    last_seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_files")
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["sort_key", "search_keys", "last_seen_at"])

    objects = CustomerQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-last_seen_at", "-id"], name="customer_recent"),
            models.Index(fields=["sort_key", "id"], name="customer_sorted"),
            models.Index(fields=["created_at"], name="customer_opened"),
            GinIndex(OpClass(F("search_keys"), name="gin_trgm_ops"), name="customer_search"),
            GinIndex(OpClass(Upper("company"), name="gin_trgm_ops"), name="customer_company"),
        ]

    def __str__(self):
        return self.name or self.company or self.number

    @property
    def wishes(self):
        """How the customer likes to be reached, each wish in words: channel, time, language, manner (REC-26)."""
        channel = self.get_prefers_channel_display() if self.prefers_channel else ""
        return [str(wish) for wish in (channel, self.prefers_time, self.prefers_language, self.prefers_manner) if wish]


class CustomerHall(models.Model):
    """A hall that knows the customer; only then its staff see the file."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="halls")
    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    last_seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "hall"], name="customer_known_once_a_hall")]
        indexes = [models.Index(fields=["hall", "-last_seen_at"], name="customer_recent_in_hall")]


class CustomerKey(models.Model):
    """One thing somebody may type the start of to find a customer in a hall: a reading of the name, a number from its start or
    its end. Worked out from the file (`services.index`), so that looking up as typed costs the same at any size."""

    hall = models.ForeignKey("staff.Hall", on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="keys", db_index=False)
    key = models.CharField(max_length=254, db_collation="C")

    class Meta:
        indexes = [models.Index(fields=["hall", "key", "customer"], name="customer_key_in_hall"),
                   models.Index(fields=["customer", "hall", "key"], name="customer_key_of_file")]


class Involvement(models.Model):
    """A person who works for this customer besides the owner, because of a record (a visit they serve), until it ends."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="involvements")
    employee = models.ForeignKey("staff.Employee", on_delete=models.CASCADE, related_name="involvements")
    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["employee"], condition=Q(until__isnull=True), name="involvement_running")]
        constraints = [models.UniqueConstraint(fields=["customer", "employee", "kind", "record_id"], name="involved_once")]


class ContactPoint(models.Model):
    """A way to reach a customer. People share phones: a value is unique in one file only."""

    class Kind(models.TextChoices):
        """Ways of contact."""

        MOBILE = "mobile", _("Mobile phone")
        LANDLINE = "landline", _("Landline")
        PHONE = "phone", _("Phone abroad")
        EMAIL = "email", _("E-mail")
        WECHAT = "wechat", _("WeChat")
        UNREADABLE = "unreadable", _("Phone, as written")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    value = models.CharField(_("number or address"), max_length=254)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    digits = models.CharField(max_length=32, blank=True)
    reversed_digits = models.CharField(max_length=32, blank=True)
    is_primary = models.BooleanField(_("main"), default=False)
    created_at = models.DateTimeField()
    history = HistoricalRecords(excluded_fields=["digits", "reversed_digits"])

    class Meta:
        ordering = ["-is_primary", "pk"]
        constraints = [models.UniqueConstraint(fields=["customer", "kind", "value", "extension"], name="contact_once_in_a_file"),
                       models.UniqueConstraint(fields=["customer"], condition=Q(is_primary=True), name="one_main_contact")]
        indexes = [
            models.Index(OpClass(F("digits"), name="text_pattern_ops"), name="contact_from_start"),
            models.Index(OpClass(F("reversed_digits"), name="text_pattern_ops"), name="contact_from_end"),
            models.Index(fields=["value"], name="contact_value"),
        ]

    def __str__(self):
        return self.masked

    @property
    def is_phone(self):
        """Whether this is a number to dial."""
        return self.kind not in (self.Kind.EMAIL, self.Kind.WECHAT)

    @property
    def masked(self):
        """The value as pages show it to everybody: 138****8000, a****@example.com, w****."""
        if self.is_phone:
            return mask(self.value)
        head, sign, rest = self.value.partition("@")
        return f"{head[:1]}****{sign}{rest if self.kind == self.Kind.EMAIL else ''}"

    @property
    def shown(self):
        """The value in full, the local way; only for who asked for it on record."""
        return (show_local(self.value) if self.is_phone else self.value) + (f" {_('ext.')} {self.extension}" if self.extension else "")


class Communication(models.Model):
    """One exchange with a customer (REC-25). Never changed and never deleted (a trigger sees to it); a correction is a new row."""

    class Method(models.TextChoices):
        """How we talked."""

        IN_PERSON = "in_person", _("In person")
        PHONE = "phone", _("Telephone")
        MESSAGE = "message", _("Message")
        EMAIL = "email", _("E-mail")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="communications")
    hall = models.ForeignKey("staff.Hall", on_delete=models.PROTECT, related_name="+", verbose_name=_("hall"))
    at = models.DateTimeField(_("time"))
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    topic = models.CharField(_("topic"), max_length=200)
    opinion = models.TextField(_("customer's opinion"), max_length=2000, blank=True)
    answer = models.TextField(_("our answer"), max_length=2000, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    entered_by = models.ForeignKey("config.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    corrects = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="correction")
    correction_reason = models.CharField(_("why corrected"), max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["customer", "-at"], name="communication_by_customer")]


class DuplicatePair(models.Model):
    """Two files that may be one person, with the reasons; `first` has the smaller id (REC-23)."""

    class State(models.TextChoices):
        """What became of the pair."""

        OPEN = "open", _("to be looked at")
        DIFFERENT = "different", _("different people")
        MERGED = "merged", _("merged")

    first = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()
    decided_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
                       models.CheckConstraint(name="pair_in_order", condition=Q(first_id__lt=F("second_id")))]

    @property
    def both(self):
        """The two files."""
        return self.first, self.second

    @property
    def shared(self):
        """The numbers and addresses that stand in both files."""
        first, second = ({contact.value for contact in file.contacts.all()} for file in self.both)
        return first & second


class CustomerMerge(models.Model):
    """One merge: which file was kept, what moved there from which rows, and whether it was undone. Both numbers stay alive."""

    kept = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="merges_given")
    moved = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("config.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey("config.User", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

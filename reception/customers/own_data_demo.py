"""How the demo's customers like to be reached, what they consented to, one file under a legal hold and one that was erased."""
import datetime

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from config.accounts.actor import Actor
from config.privacy import erasing
from config.privacy.people import People
from reception.customers import services
from reception.customers.consent_models import Consent, Disclosure
from reception.customers.consent_texts import consent_texts
from reception.customers.models import Customer

WHY = "demo data"
ASKED = "客户来信要求删除，身份已核对"
HELD = "合同纠纷，法院要求保留资料"
PARTNER, TOLD, FOR = "滨江物流", "姓名、电话、送货地址", "安排送货"
TIMES, LANGUAGES, MANNERS = ("晚上七点以后", "工作日上午", "周末", ""), ("普通话", "粤语", "English", ""), ("请先发信息", "说慢一点", "只谈已订的产品", "")
TRIED = 40  # files that are looked at for one that nothing stands against


def load(world):
    """Every twentieth customer has wishes, every tenth consented to something; the newest ones of the sales hall come first in lists."""
    people = list(Customer.objects.filter(merged_into=None).order_by("-last_seen_at", "-pk"))
    wish(world, people[::20])
    consent(world, people[::10])
    manager = world.people.get("manager")
    if manager is not None and people:
        own = list(Customer.objects.visible_to(manager.user).filter(choice=Customer.Choice.OPEN).order_by("pk")[:TRIED])
        hold_and_erase(world, Actor(user=manager.user), own)


def wish(world, people):
    """What some like."""
    channels = [*Customer.Channel.values, ""]
    for customer in people:
        customer.prefers_channel, customer.prefers_time = world.random.choice(channels), world.random.choice(TIMES)
        customer.prefers_language, customer.prefers_manner = world.random.choice(LANGUAGES), world.random.choice(MANNERS)
    bulk_update_with_history(people, Customer, ["prefers_channel", "prefers_time", "prefers_language", "prefers_manner"], batch_size=500,
                             default_change_reason=WHY, default_date=world.now)


def consent(world, people):
    """What some consented to; a few took it back, and of one in four the carrier was told where to deliver."""
    known, rows, told = consent_texts(), [], []
    for place, customer in enumerate(people):
        purpose = Consent.Purpose.values[place % 3]
        back = purpose == Consent.Purpose.PROMOTION and place % 9 == 1
        row = Consent(customer=customer, purpose=purpose, third_party=PARTNER if purpose == Consent.Purpose.DISCLOSURE else "", version=known["version"],
                      text=known["texts"][purpose]["zh-hans"], channel=world.random.choice(Consent.Channel.values), given_at=customer.created_at,
                      recorded_by=customer.created_by or world.user, withdrawn_at=world.now if back else None,
                      withdrawn_channel=Consent.Channel.PHONE if back else "", withdrawn_by=world.user if back else None)
        rows.append(row)
    bulk_create_with_history(rows, Consent, batch_size=500, default_change_reason="given")
    for row in rows:
        at = row.given_at + datetime.timedelta(days=1)
        if row.third_party and row.pk % 4 == 0 and at < world.now:
            told.append(Disclosure(customer=row.customer, consent=row, to_whom=PARTNER, what=TOLD, why=FOR, at=at, by=row.recorded_by))
    Disclosure.objects.bulk_create(told)


def hold_and_erase(world, actor, people):
    """Of the manager's files: one is held, and the next that nothing stands against was erased on request."""
    held = False
    for customer in people:
        if not held and customer.name:
            services.set_hold(actor, customer, reason=HELD, now=world.now)
            held = True
        elif held and not erasing.objections(People(services.KIND, [customer.pk])):
            services.erase_customer(actor, customer, reason=ASKED, typed=customer.number, now=world.now)
            return

"""The stations of the demo: a kiosk and a display in the sales hall whose keys are known, and what other halls have."""
import datetime

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from config.numbers.services import token
from reception.visits.stations.keys import DEMO, hash_of
from reception.visits.stations.models import HallKiosk, KioskNotice, Station

ROWS = (  # hall, kind, name, known key, alive, days since it was taken out of use
    ("sales", "kiosk", "东门自助机 · East door", True, True, None),
    ("sales", "display", "等候区大屏 · Waiting area", True, True, None),
    ("sales", "kiosk", "旧平板 · Old tablet", False, True, 40),
    ("showroom", "kiosk", "展厅入口 · Entrance", False, True, None),
    ("showroom", "display", "洽谈区大屏 · Negotiation area", False, False, None),
    ("after_sales", "display", "窗口屏 · Window screen", False, True, None),
)
NOTICE = {
    "en": "We ask for your number so that we can call you back if you have to leave before your turn. Staff of this hall see it, nobody else; "
          "ask at the reception desk to see or erase it.",
    "zh-hans": "请留下电话，若您须在叫号前离开，我们可以再联系您。号码仅本大厅工作人员可见；如需查看或删除，请到前台提出。",
    "zh-hant": "請留下電話，若您須在叫號前離開，我們可以再聯繫您。號碼僅本大廳工作人員可見；如需查看或刪除，請到前臺提出。",
}


def load(world):
    """Stations, the settings of two halls, and one hall's own notice."""
    began = timezone.make_aware(datetime.datetime.combine(world.first_day, datetime.time(9)))
    rows = []
    for code, kind, name, known, alive, gone in ROWS:
        if code in world.halls:
            rows.append(Station(
                hall=world.halls[code], kind=kind, name=name, key_hash=hash_of(DEMO[kind] if known else token()), created_at=began,
                created_by=world.halls[code].manager.user, seen_at=world.now - datetime.timedelta(days=gone or 0, minutes=1) if alive else None,
                revoked_at=world.now - datetime.timedelta(days=gone) if gone else None))
    bulk_create_with_history(rows, Station, default_change_reason="demo data", default_date=began)
    ask, night = HallKiosk.Ask, {"night_from": datetime.time(22), "night_until": datetime.time(6)}
    kept = [HallKiosk(hall=world.halls[code], **facts) for code, facts in (
        ("sales", {"phone": ask.OPTIONAL, "name": ask.OPTIONAL, "party_size": ask.OPTIONAL, "mute_from": datetime.time(22),
                   "mute_until": datetime.time(8), **night}),
        ("showroom", {"phone": ask.REQUIRED, "name": ask.OPTIONAL, **night})) if code in world.halls]
    bulk_create_with_history(kept, HallKiosk, default_change_reason="demo data", default_date=began)
    KioskNotice.objects.bulk_create(KioskNotice(hall=row.hall, number=1, text=NOTICE, written_at=began, written_by=row.hall.manager.user)
                                    for row in kept if row.hall.code == "showroom")

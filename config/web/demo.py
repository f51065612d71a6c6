"""What the receptionist of the demo was interrupted at: a form half filled in, to be gone on with."""
import uuid
from datetime import timedelta

from django.urls import reverse

from config.accounts.models import User
from config.contributions.demo import register
from config.web.models import Draft

TYPED = [["name", "欧阳静怡"], ["company", "青禾装饰"], ["note", "想看两扇入户门的样品，周六上午再来"]]


def load(world):
    """One draft of half an hour ago."""
    Draft.objects.create(key=uuid.UUID(int=world.random.getrandbits(128), version=4), user=User.objects.get(username="reception"),
                         path=reverse("register_customer"), title="新建客户", field="note", typed=TYPED, at=world.now - timedelta(minutes=30))


register(key="drafts", order=95, load=load)

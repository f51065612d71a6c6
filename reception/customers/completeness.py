"""How complete a file is and whether what stands in it is plausible: pure rules (REC-22).

A field counts as filled when something usable stands there; a number that nobody can dial does not fill the telephone.
"""
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

PERSON, COMPANY = "person", "company"
TEMPLATES = {PERSON: gettext_lazy("Private customer"), COMPANY: gettext_lazy("Company")}
FIELDS = {"name": gettext_lazy("Name"), "phone": gettext_lazy("Telephone"), "email": gettext_lazy("E-mail"), "wechat": gettext_lazy("WeChat"),
          "company": gettext_lazy("Company"), "source": gettext_lazy("How they heard of us"), "owner": gettext_lazy("Owner"),
          "prefers_channel": pgettext_lazy("customer", "Reached best")}
ASKED = ("name", "phone", "email", "wechat", "company")  # what is confirmed with the customer, and shown to whoever sees the file
MADE_UP = re.compile(r"(\d)\1{5}|0123456|1234567|2345678|7654321|8765432")  # six times one figure, or a row of seven up or down
SLIPS = {"gmial.com": "gmail.com", "gmai.com": "gmail.com", "gamil.com": "gmail.com", "gmail.con": "gmail.com", "qq.con": "qq.com", "qq.cm": "qq.com",
         "163.con": "163.com", "163.cm": "163.com", "126.con": "126.com", "hotmail.con": "hotmail.com", "outlook.con": "outlook.com"}
NOBODYS = ("example.com", "example.org", "test.com", "abc.com")


def doubts(contacts):
    """[(field, sentence)] of what looks wrong in these contacts, without saying the values themselves, which are shown on record only."""
    found = []
    for contact in contacts:
        if contact.kind == "unreadable":
            found.append(("phone", _("The number as written cannot be dialled: ask for it again.")))
        elif contact.is_phone and MADE_UP.search(contact.digits):
            found.append(("phone", _("The number %(number)s looks made up: ask for it again.") % {"number": contact.masked}))
        elif contact.kind == "email" and (sentence := doubt_of_mail(contact.value)):
            found.append(("email", sentence))
    return found


def doubt_of_mail(value):
    """What looks wrong in an e-mail address, or nothing."""
    domain = value.rpartition("@")[2].lower()
    if domain in SLIPS:
        return _("The address ends in %(domain)s, which may be a slip for %(meant)s: ask for it again.") % {"domain": domain, "meant": SLIPS[domain]}
    if domain in NOBODYS:
        return _("The address ends in %(domain)s, where nobody gets mail: ask for it again.") % {"domain": domain}
    return ""


def words_of(fields):
    """These fields in words, in their usual order."""
    return [str(label) for field, label in FIELDS.items() if field in fields]

"""Records of the regulation room as other rooms point at them."""
from django.utils.translation import gettext_lazy as _

from config.contributions.records import register
from staff.regulation.parameters import words


def change_title(change):
    """What a link shows."""
    return f"{words.meaning(change.subject)} · {words.place(change.hall, change.position)}"


register(key="parameter_change", model="staff.ParameterChange", label=_("Change of a parameter"), title=change_title, page="parameter_change",
         joins=("hall", "position"))
register(key="regulation", model="staff.RegulationVersion", label=_("Regulation"), title=lambda version: f"{version.title} {version.number}",
         page="regulation_version", confidentiality="internal")
register(key="question", model="staff.Question", label=_("Question"), title=str, page="question", confidentiality="internal")
register(key="hall_rule", model="staff.HallRule", label=_("Rule of a hall"), title=str, page="hall_rule", confidentiality="internal")
register(key="law", model="staff.LegalNote", label=_("Law or policy"), title=str, page="law", confidentiality="internal")

"""The incident on the page of the stocktaking that reported it."""
from config.contributions.panels import register
from facilities.incidents import cells
from facilities.incidents.models import Incident
from staff.archive.services.stocktakes import KIND as STOCKTAKING


def of_stocktaking(taking, user):
    """The incident that came of it, as far as this viewer sees it."""
    found = Incident.objects.visible_to(user).filter(source_kind=STOCKTAKING, source_id=taking.pk).first()
    return found and {"incident": found, "tone": cells.tone(found), "state": cells.state_word(found)}


register(key="incident", place="stocktaking", template="facilities/incidents/_of_source.html", context=of_stocktaking)

"""Gathers the models of the rooms of reception/, so that Django finds them."""
from reception.customers.models import (
                                     Communication,
                                     ContactPoint,
                                     Customer,
                                     CustomerHall,
                                     CustomerKey,
                                     CustomerMerge,
                                     DuplicatePair,
                                     Involvement,
)
from reception.visits.models import (
                                     HallReception,
                                     Handover,
                                     ImportedRow,
                                     Purpose,
                                     ReceptionTemplate,
                                     RegisterImport,
                                     RegisterMapping,
                                     ServiceLeg,
                                     Source,
                                     TemplateVersion,
                                     TicketCounter,
                                     Visit,
                                     VisitEvent,
)
from reception.visits.presence.models import Evacuation, EvacuationPerson
from reception.visits.queue_models import Appointment, HallQueue, PostSpell
from reception.visits.stations.models import HallKiosk, KioskNotice, Station

__all__ = ["Appointment", "Communication", "ContactPoint", "Customer", "CustomerHall", "CustomerKey", "CustomerMerge", "DuplicatePair",
           "Evacuation", "EvacuationPerson", "HallKiosk", "HallQueue", "HallReception", "Handover", "ImportedRow", "Involvement",
           "KioskNotice", "PostSpell", "Purpose",
           "ReceptionTemplate", "RegisterImport", "RegisterMapping", "ServiceLeg", "Source", "Station", "TemplateVersion", "TicketCounter",
           "Visit", "VisitEvent"]

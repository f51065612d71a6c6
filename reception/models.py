"""Gathers the models of the rooms of reception/, so that Django finds them."""
from reception.customers.completeness_models import Confirmation, FileCheck, FileTemplate
from reception.customers.consent_models import Consent, Disclosure
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
from reception.followups.models import FollowUp, FollowUpIssue, FollowUpTry
from reception.promises.models import Promise
from reception.visits.hosts.models import HostCall
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

__all__ = ["Appointment", "Communication", "Confirmation", "Consent", "ContactPoint", "Customer", "CustomerHall", "CustomerKey", "CustomerMerge", "Disclosure",
           "DuplicatePair", "Evacuation", "EvacuationPerson",
           "FileCheck", "FileTemplate", "FollowUp", "FollowUpIssue", "FollowUpTry", "HallKiosk", "HallQueue", "HallReception",
           "Handover", "HostCall", "ImportedRow", "Involvement", "KioskNotice", "PostSpell", "Promise", "Purpose", "ReceptionTemplate", "RegisterImport",
           "RegisterMapping", "ServiceLeg", "Source", "Station", "TemplateVersion", "TicketCounter", "Visit", "VisitEvent"]

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

__all__ = ["Communication", "ContactPoint", "Customer", "CustomerHall", "CustomerKey", "CustomerMerge", "DuplicatePair", "HallReception", "Handover",
           "ImportedRow", "Involvement", "Purpose", "ReceptionTemplate", "RegisterImport", "RegisterMapping", "ServiceLeg", "Source",
           "TemplateVersion", "TicketCounter", "Visit", "VisitEvent"]

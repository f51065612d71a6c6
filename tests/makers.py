"""Makers of records for tests: one customer, one visit, one job … in the state a test starts from, written straight to the tables.

A test that is about the act itself calls the room's service; these make what has to be there before.
"""
import itertools
from datetime import timedelta

from config.accounts.models import AccessEvent
from config.jobs.models import Job, JobFile
from config.numbers import services as numbers
from config.outbox.models import Message
from facilities.areas.models import Area
from reception.customers import names, phones
from reception.customers.models import ContactPoint, Customer, CustomerHall, Involvement
from reception.customers.services import index as find_anew
from reception.visits import queue, states
from reception.visits.models import ServiceLeg, Visit, VisitEvent
from reception.visits.queue_models import Appointment
from staff.organisation.models import Employee, Hall, Posting

_counter = itertools.count(1)
SIGNS = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰"


class Makers:
    """What the cast can make; `self` is the Cast."""

    def customer_for(self, *, name=None, phone=None, hall=None, owner=None, company="", **facts):
        """A customer file known in `hall`, with one main mobile number; `phone=""` makes one without, `owner` is a person's name."""
        index = next(_counter)
        name = f"李{SIGNS[index % len(SIGNS)]}{SIGNS[index // len(SIGNS) % len(SIGNS)]}" if name is None else name
        by = self.people[owner] if owner else None
        hall = hall or (self.hall_of(owner) if owner else self.hall)
        customer = Customer.objects.create(
            **{"number": numbers.next_number("CU", self.today.year), "name": name, "company": company, "owner": by,
               "sort_key": names.sort_key(name), "search_keys": " ".join(names.search_keys(name)), "last_seen_at": self.now,
               "created_at": self.now, "created_by": self.users["reception"], **facts})
        CustomerHall.objects.create(customer=customer, hall=hall, since=self.now)
        if phone is None or phone:
            self.contact_for(customer, phone or f"1380013{index % 10_000:04d}")
        find_anew([customer.pk])
        return customer

    def contact_for(self, customer, phone, *, is_primary=True):
        """A telephone number of a customer, written any way."""
        number = phones.read_phones(phone)[0]
        kind = {"mobile": "mobile", "landline": "landline"}.get(number.kind, "phone")
        digits = phones.digits(number.e164)
        return ContactPoint.objects.create(customer=customer, kind=kind, value=number.e164, extension=number.extension, digits=digits,
                                           reversed_digits=digits[::-1], is_primary=is_primary, created_at=self.now)

    def visit_for(self, *, hall=None, customer=None, adviser=None, state=states.WAITING, service="advice", minutes_ago=10, **facts):
        """A visit with one service leg and its events; `adviser` is a person's name, `customer` a file, or None for an unnamed visitor."""
        hall = hall or (self.hall_of(adviser) if adviser else self.hall)
        arrived = self.now - timedelta(minutes=minutes_ago)
        served = state in {states.IN_SERVICE, states.CLOSED}
        gone = self.now if state in {states.CLOSED, states.LEFT} else None
        desk = self.people["reception" if hall == self.hall else "reception2"]
        serving = self.people[adviser] if adviser else self.people["colleague" if hall == self.hall else "sales2"] if served else None
        visit = Visit.objects.create(
            **{"number": numbers.next_number("VS", self.today.year), "public_code": numbers.public_code(), "hall": hall, "state": state,
               "customer": customer, "purpose": self.purposes["see-products"], "template_version": self.templates[hall.code],
               "receptionist": desk, "adviser": serving, "arrived_at": arrived, "greeted_at": None if state == states.WAITING else arrived,
               "served_at": arrived if served else None, "left_at": gone, "created_at": arrived, "created_by": desk.user,
               "outcome": {states.CLOSED: Visit.Outcome.BUSINESS, states.LEFT: Visit.Outcome.LEFT}.get(state, ""), **facts})
        self._leg_for(visit, self.services[service], desk)
        if customer and serving and not gone:
            Involvement.objects.create(customer=customer, employee=serving, kind="visit", record_id=visit.pk, since=arrived)
        return visit

    def _leg_for(self, visit, service, desk):
        """The leg of a visit, in the state that fits the visit's, and what happened so far."""
        ends = {states.IN_SERVICE: states.SERVING, states.CLOSED: states.DONE, states.LEFT: states.ABANDONED}
        leg = ServiceLeg.objects.create(
            visit=visit, hall=visit.hall, service=service, day=self.today, prefix=service.prefix,
            sequence=queue.next_ticket(visit.hall, self.today, service),
            state=ends.get(visit.state, states.QUEUED), queued_at=visit.arrived_at, started_at=visit.served_at,
            employee=visit.adviser if visit.served_at else None, called_at=visit.served_at,
            calls=1 if visit.served_at else 0, ended_at=visit.left_at)
        verbs = [("arrive", visit.arrived_at), ("greet", visit.greeted_at), ("serve", visit.served_at),
                 ("leave" if visit.state == states.LEFT else "close", visit.left_at)]
        VisitEvent.objects.bulk_create(
            VisitEvent(visit=visit, leg_id=leg.pk, hall_id=visit.hall_id, verb=verb, at=at, user_id=desk.user_id, employee_id=desk.pk)
            for verb, at in verbs if at)
        return leg

    def appointment_for(self, *, hall=None, employee=None, customer=None, minutes=30, **facts):
        """A planned visit `minutes` from now (before now when negative); `employee` is a person's name, `customer` a file."""
        hall = hall or (self.hall_of(employee) if employee else self.hall)
        return Appointment.objects.create(**{
            "hall": hall, "at": self.now + timedelta(minutes=minutes), "customer": customer, "name": "" if customer else "王芳",
            "purpose": self.purposes["see-products"], "employee": self.people[employee] if employee else None, "created_at": self.now,
            "created_by": self.users["admin"], **facts})

    def job_for(self, owner, **facts):
        """A finished long work that `owner` (a person's name) started, with one file."""
        job = Job.objects.create(**{"work": "test", "title": "Import", "user": self.users[owner], "state": Job.State.DONE,
                                    "total": 1, "done": 1, "created_at": self.now, "touched_at": self.now,
                                    "finished_at": self.now, **facts})
        JobFile.objects.create(job=job, role="result", name="refused.csv", content_type="text/csv", content=b"row,reason\n")
        return job

    def message_for(self, **facts):
        """A message whose sending ended unknown."""
        return Message.objects.create(**{"key": f"test-{next(_counter)}", "channel": "email", "address": "somebody@example.com",
                                         "body": "Hello", "state": Message.State.UNCERTAIN, "due_at": self.now, "created_at": self.now,
                                         **facts})

    def hall_more(self):
        """One more hall of the first department."""
        index = next(_counter)
        return Hall.objects.create(code=f"hall-{index}", name={"en": f"Hall {index}"}, kind=Hall.Kind.STORE, department=self.hall.department,
                                   manager=self.people["manager"], active_from=self.today)

    def area_more(self):
        """One more area of the first hall."""
        return Area.objects.create(hall=self.hall, kind=Area.Kind.DESIGN, name={"en": f"Design area {next(_counter)}"}, capacity=2,
                                   responsible=self.people["designer"])

    def person_more(self):
        """One more salesperson of the first team, with a posting and a role."""
        index, model = next(_counter), self.people["sales"]
        person = Employee.objects.create(number=f"M{index:05d}", name=f"Wang {index}", sort_key=f"wang {index}", hired_on=model.hired_on,
                                         state=Employee.State.ON_DUTY)
        posting = model.postings.get()
        Posting.objects.create(employee=person, position=posting.position, department=posting.department, hall=posting.hall,
                               team=posting.team, superior=posting.superior, starts_on=posting.starts_on)
        return person

    def looked_at(self, by, kind, record):
        """A row of the access log: `by` opened `record`."""
        return AccessEvent.objects.create(at=self.now, user_id=self.users[by].pk, act="view", kind=kind, record_id=record.pk)

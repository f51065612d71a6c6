"""What the people of the demo have shown to master, and what the services ask for."""
import datetime

from simple_history.utils import bulk_create_with_history

from config.contributions.demo import register
from staff.organisation.demo import facts, texts
from staff.training.models import Competence, CompetenceHeld, ServiceNeed

HELD = {  # by role of the user name
    "manager": ["reception", "products", "complaints", "after-sales"], "supervisor": ["reception", "products", "complaints"],
    "reception": ["reception", "products"], "sales": ["reception", "products"], "agent": ["reception", "products", "complaints", "after-sales"],
    "telesales": ["products"], "designer": ["reception", "design", "products"], "technician": ["repair"], "trainer": ["products", "reception"],
}
EXPIRED = ("sales4", "complaints")  # entered two years ago and run out: the desk says so


def load(world):
    """Competences, needs of services, and who holds what."""
    why = {"default_change_reason": "demo data"}
    made = bulk_create_with_history([Competence(code=row["code"], name=texts(row)) for row in facts()["competences"]], Competence, **why)
    competences = {competence.code: competence for competence in made}
    needs = [ServiceNeed(service=world.services[service], competence=competences[row["code"]])
             for row in facts()["competences"] for service in row.get("services", [])]
    bulk_create_with_history(needs, ServiceNeed, **why)
    trainer = world.people["trainer"].user
    held = []
    for username, employee in world.people.items():
        if employee.state == employee.State.TRAINING:
            continue
        for code in HELD.get(username.rstrip("0123456789"), []):
            since = max(employee.hired_on, world.first_day - datetime.timedelta(days=world.random.randint(0, 300)))
            until = since + datetime.timedelta(days=1095) if code == "repair" else None
            held.append(CompetenceHeld(employee=employee, competence=competences[code], valid_from=since, valid_until=until, entered_by=trainer))
    person, code = EXPIRED
    since = world.people[person].hired_on
    held.append(CompetenceHeld(employee=world.people[person], competence=competences[code], valid_from=since,
                               valid_until=max(since, world.today - datetime.timedelta(days=40)), entered_by=trainer))
    bulk_create_with_history(held, CompetenceHeld, **why)


register(key="competences", order=25, load=load)

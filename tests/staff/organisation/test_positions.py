"""Positions are there from the start, in three languages, with what their role may do (STF-02); the matrix is a page."""
import pytest
from django.urls import reverse
from django.utils import translation

from staff.organisation.matrix import ROLES, matrix, row_keys
from staff.organisation.models import Position
from staff.organisation.words import LIMITS, ROLE_NAMES, ROWS

DELIVERED = {  # English name -> simplified Chinese, from the glossary
    "Hall manager": "大厅经理", "Sales supervisor": "销售主管", "Salesperson": "销售人员", "Customer-service agent": "客服人员",
    "Logistics staff": "后勤保障人员", "Telesales supervisor": "电话销售客服主管", "Telesales agent": "电话销售客服专员",
    "Customer-service manager": "客服经理", "Department manager": "部门经理", "General manager": "总经理",
}


@pytest.mark.req("STF-02")
def test_the_list_of_positions_names_all_of_them_with_rights_and_holders(cast, as_role):
    client = as_role("reception")
    text = client.get(reverse("positions")).content.decode()
    assert all(name in text for name in DELIVERED)
    salesperson = Position.objects.get(code="salesperson")
    detail = client.get(reverse("position", args=[salesperson.pk]))
    rights = {str(right["row"]): str(right["text"]) for right in detail.context["rights"]}
    assert rights["Visits"] == "edits · own" and rights["Complaint handling"] == "edits · own (minor ones)"
    with translation.override("zh-hans"):
        assert all(chinese in {str(position) for position in Position.objects.all()} for chinese in DELIVERED.values())


def test_every_position_leads_to_a_role_of_the_matrix(db):
    assert {position.role for position in Position.objects.all()} <= set(ROLES)
    assert Position.objects.count() >= 24


def test_every_word_of_the_matrix_has_words_for_people():
    assert set(ROLE_NAMES) == set(ROLES) and set(ROWS) == set(row_keys())
    assert {word for cells in matrix().values() for cell in cells.values() for word in cell.limits} <= set(LIMITS)


def test_the_page_of_rights_says_what_the_matrix_says(as_role):
    page = as_role("reception").get(reverse("rights"))
    row = next(row for row in page.context["rows"] if row["label"] == "Customer export")
    cells = {role: cell and f"{cell['action']} · {cell['scope']}" for role, cell in zip(ROLES, row["cells"], strict=True)}
    assert cells["reception"] is None and cells["supervisor"] == "decides · team" and cells["department"] == "decides · department"


def test_a_ticket_letter_belongs_to_one_service(cast, as_role):
    page = as_role("hr").post(reverse("change_service", args=[cast.services["advice"].pk]),
                              {"version": 1, "code": "advice", "name_en": "Advice", "prefix": "B"})
    assert page.status_code == 422 and "Another service has the ticket letter B" in page.content.decode()


def test_a_department_is_not_part_of_itself(cast, as_role):
    sales, decoration = cast.departments["sales-department"], cast.departments["decoration"]
    client = as_role("hr")
    type(sales).objects.filter(pk=decoration.pk).update(parent=sales)
    page = client.post(reverse("change_department", args=[sales.pk]), {"version": 1, "code": sales.code, "name_en": "Sales", "parent": decoration.pk})
    assert page.status_code == 422 and "is part of this department itself" in page.content.decode()

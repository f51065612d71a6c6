""""Why am I asked this?": the clause behind a field, by key and by pointer, over the page (FIELD 2.7)."""
from django.urls import reverse


def test_f1_in_a_field_shows_its_clause_and_gives_the_focus_back(window):
    page = window("reception")
    page.goto(reverse("desk"))
    page.locator("#id_need").focus()
    page.keyboard.type("Two doors")
    page.keyboard.press("F1")
    dialog = page.locator("dialog#why")
    dialog.wait_for()
    assert "S0 §2.2.3.2" in dialog.inner_text()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.id") == "id_need"
    assert page.locator("#id_need").input_value() == "Two doors"


def test_a_click_shows_the_clause_and_its_page_is_one_click_further(window):
    page = window("reception")
    page.goto(reverse("desk"))
    page.locator("#div_id_need a[data-why]").click()
    page.locator("dialog#why").get_by_role("link", name="Open the clause").click()
    page.wait_for_url(f"**{reverse('clause', args=['S0', '2.2.3.2'])}")
    assert "S0 §2.2.3.2" in page.locator("h1").inner_text()


def test_the_links_are_no_stops_of_tab_in_the_form(window):
    page = window("reception")
    page.goto(reverse("desk"))
    assert page.locator("#visit-form a[data-why]").count() >= 4
    assert page.locator('#visit-form a[data-why]:not([tabindex="-1"])').count() == 0

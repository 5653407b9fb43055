"""What a clinician does with an alert."""

from playwright.sync_api import Page, expect


def open_alert(desk: Page, listed: str) -> None:
    """The page of the alert of somebody, as the list of alerts names them."""
    desk.goto("/alerts/")
    desk.get_by_role("link", name=listed, exact=True).first.click()


def record_and_close(desk: Page) -> None:
    """On the page of an alert: who asked, who was told, and that nothing is left to do."""
    desk.get_by_label("I did").check()
    desk.get_by_label("Not made").check()
    desk.get_by_role("group", name="What was done").get_by_label("GP", exact=True).check()
    desk.get_by_label("Reason, or who was told").fill("GP told, with consent")
    desk.get_by_role("button", name="Save and close the alert").click()
    expect(desk.get_by_text("Closed today")).to_be_visible()

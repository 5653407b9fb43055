"""What an administrator does on the pages of setting up, and how anybody signs in at first."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.conftest import assert_accessible

PASSWORD = "three plain words"


@dataclass
class Colleague:
    """Someone who is invited, and what the page says of their way in."""

    username: str
    name: str
    job_title: str
    role: str
    code: str = ""


def first_sign_in(page: Page, username: str, code: str) -> None:
    """A one-time code becomes a password of one's own."""
    page.goto("/sign-in/first/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("One-time code").fill(code)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    assert_accessible(page)
    page.get_by_role("button", name="Set password and sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def invite_everyone(admin: Page) -> list[Colleague]:
    """A consultant, a nurse and a receptionist, each with the code that the page shows."""
    people = [
        Colleague("noor.willowbeck", "Noor Willowbeck", "Consultant rheumatologist", "Consultant"),
        Colleague("jo.pebbleford", "Jo Pebbleford", "Nurse, rheumatology", "Clinic nurse"),
        Colleague("kit.larkledale", "Kit Larkledale", "Reception", "Receptionist"),
    ]
    for person in people:
        admin.goto("/set-up/staff/add/")
        admin.get_by_label("Name", exact=True).fill(person.name)
        admin.get_by_label("Job title").fill(person.job_title)
        admin.get_by_label(re.compile("^User name")).fill(person.username)
        admin.get_by_label(re.compile(f"^{person.role}")).check()
        assert_accessible(admin)
        admin.get_by_role("button", name="Add and show the one-time code").click()
        person.code = admin.locator(".code code").inner_text()
        assert_accessible(admin)
    return people


def add_tablet(admin: Page) -> None:
    """Tablet 1, without a device yet."""
    admin.goto("/set-up/tablets/")
    admin.get_by_label(re.compile("^Name")).fill("Tablet 1")
    admin.get_by_role("button", name="Add tablet").click()
    expect(admin.get_by_role("link", name="Tablet 1")).to_be_visible()
    assert_accessible(admin)


def plan_clinic_with_test_patient(admin: Page) -> None:
    """Today's clinic, with somebody invented in it."""
    admin.goto("/set-up/clinics/")
    admin.get_by_label("Room or waiting area").fill("Area B")
    admin.get_by_role("button", name="Add clinic").click()
    assert_accessible(admin)
    admin.get_by_role("button", name="Add a test patient").click()
    expect(
        admin.get_by_text(re.compile("^Test patient Alma Testwick is booked at"))
    ).to_be_visible()

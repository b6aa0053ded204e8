"""The sample shop in mid-hiring, walked there by the product's own verbs, and a rival to prove separation."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts.models import Company, Membership, Role, User
from config import demo_password
from config.demo import applicants, handbook, meeting, places, replies, settled, stages, written
from hiring import adverts
from hiring.models import Job
from onboarding import accounts_given, answering, filling, planning, setups, shopdays
from onboarding.models import Onboarding, SetupList
from readiness import assessments

ANSWERS = {
    "breath": 5,
    "support_hours": 25,
    "brand_hours": 12,
    "messages_day": 60,
    "well_day": 40,
    "oldest_days": 2.5,
    "trend": "bit_more",
    "ratings": "same",
    "help": "no",
    "afford": "yes",
}
OPEN_DAYS = 45  # longer than anybody of the sample has been there
ABOUT = (
    "We make wool blankets and send them from Turku to all of Europe. Three people, one dog, 9,000 customers."
)
WHY = "You will be the first in customer care: what you write down becomes the way we do it."


@transaction.atomic
def make() -> Company:
    """Both sample shops. Everything lies on reserved domains and can go again with `removal.remove`."""
    people = {email: _user(email) for email in demo_password.SAMPLE_PEOPLE}
    shop = _company("Lumi", "lumi", "lumi.example")
    owner = _member(shop, people["owner@lumi.example"], Role.OWNER, "Olga Lumme")
    manager = _member(shop, people["manager@lumi.example"], Role.MANAGER, "Mika Salo")
    interviewer = _member(shop, people["interviewer@lumi.example"], Role.INTERVIEWER, "Ines Koski")
    assessments.save(company=shop, by=owner.user, answers=ANSWERS, plan="Photos of the new collection")
    settled.begin_before(shop)
    _earlier_job(shop, owner, manager, people["newhire@lumi.example"])
    job = _job(shop, owner, manager)
    places.post(job, by=owner)
    for person in applicants.PEOPLE:
        stages.walk(job, person, by=manager, interviewer=interviewer)
    settled.make(shop, owner, ANSWERS)
    _rival(people["owner@rival.example"])
    return shop


def _user(email) -> User:
    user = User.objects.create_user(email, demo_password.read())
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def _company(name, slug, domain) -> Company:
    return Company.objects.create(
        name=name,
        slug=slug,
        country="FI",
        currency="EUR",
        timezone="Europe/Helsinki",
        legal_name=f"{name} Oy",
        address="Linnankatu 1, 20100 Turku",
        privacy_contact=f"privacy@{domain}",
        is_demo=True,
    )


def _member(company, user, role, name) -> Membership:
    user.name = name
    user.save(update_fields=["name"])
    return Membership.objects.create(company=company, user=user, role=role, name=name, email=user.email)


def _job(shop, owner, manager, title="") -> Job:
    job = adverts.draft(company=shop, by=owner, hours=20, assessment="")
    job.title = title or job.title
    job.about_company, job.why_us = ABOUT, WHY
    job.benefits = "Lunch, a blanket a year, your own hours"
    job.pay_min, job.pay_max, job.place, job.city = Decimal("16"), Decimal("19"), "hybrid", "Turku"
    job.answer_by = timezone.localdate() + timedelta(days=14)
    job.save()
    adverts.set_members(job, memberships=[owner, manager], by=owner)
    job = adverts.publish(job, by=owner)
    job.first_opened_at = timezone.now() - timedelta(days=OPEN_DAYS)
    job.save(update_fields=["first_opened_at"])
    return job


def _earlier_job(shop, owner, manager, user):
    """The hire that was made before: Sara, whose first day is today."""
    job = _job(shop, owner, manager, title="Customer support, first colleague, 20 hours a week")
    _ready(shop, owner)
    for person in applicants.OTHERS:
        stages.walk(job, person, by=manager)
    stages.hire(job, applicants.HIRED, by=owner, email=user.email, start=timezone.localdate())
    onboarding = Onboarding.objects.for_company(shop).get()
    hire = onboarding.hire
    user.name, hire.user = hire.name, user
    user.save(update_fields=["name"])
    hire.save(update_fields=["user"])
    written.write_down(onboarding, owner=owner, manager=manager)
    handbook.write(shop, owner=owner, hire=hire)
    _first_day(onboarding, owner)
    replies.write(onboarding, owner=owner, manager=manager)
    _accounts(onboarding, owner)
    meeting.write(onboarding)
    _plans(onboarding, owner)


def _plans(onboarding, owner):
    """A second plan beside the one that comes with the product, and a day on which the shop is closed."""
    shop, usual = onboarding.company, onboarding.version.template
    saturdays = planning.make(shop, by=owner, name="Help on Saturdays", of=usual)
    planning.remove_step(saturdays, "gate_2", by=owner)
    planning.save(saturdays, by=owner, seen=None, note="Drafts are always looked at")
    shopdays.add(shop, by=owner, day=onboarding.start_date + timedelta(days=40), name="Stocktaking")


def _first_day(onboarding, owner):
    """Who answers when, and a form of the shop's own."""
    office = {day: (time(9), time(17)) for day in range(5)}
    other = None if onboarding.manager == owner else owner
    answering.name_hours(
        onboarding.manager, windows=office, usual_minutes=60, stand_in=other, away_until=None, seen=None
    )
    asks = [
        filling.Ask("Your shirt size?", "choice", ["S", "M", "L", "XL"]),
        filling.Ask("Whom do we call in an emergency?"),
        filling.Ask("Do you eat meat?", "yes", required=False),
    ]
    filling.compose(onboarding, by=owner, title="About you", due_on=onboarding.start_date, asks=asks)


def _ready(shop, owner):
    """What the shop has set up by now: half of it, with a note."""
    setup = SetupList.objects.for_company(shop).latest("pk")
    setups.answer_first(setup, by=owner, first=True)
    setups.set_address(setup, by=owner, address="support@lumi.example")
    setups.choose_desk(setup, by=owner, name="Help Scout", seats=2)
    done = setup.items.get(key="fi.business_id")
    setups.change(
        done, by=owner, seen=1, title=done.label, note="The number stands on every invoice.", link=""
    )
    setups.mark(done, by=owner, done=True)


def _accounts(onboarding, owner):
    """What Sara signs in to; the shop back end comes when she has seen how orders travel."""
    shop = accounts_given.row_of(onboarding, "shop")
    values = {"title": shop.label, "may": shop.rights, "refund_limit": Decimal("50")}
    accounts_given.change(shop, by=owner, seen=shop.revision, **values)
    for key in ("mail", "help_desk"):
        accounts_given.give(accounts_given.row_of(onboarding, key), by=owner)


def _rival(user):
    rival = _company("Rival", "rival", "rival.example")
    owner = _member(rival, user, Role.OWNER, "Rita Rival")
    job = _job(rival, owner, owner)
    for person in applicants.PEOPLE[-2:]:
        stages.walk(job, person, by=owner)


def at(days_ago: float) -> datetime:
    """Mid-morning, that many days ago."""
    day = timezone.now() - timedelta(days=days_ago)
    return datetime.combine(day.date(), time(9, 30), tzinfo=day.tzinfo)

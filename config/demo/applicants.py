"""The people of the sample shop's open job, and how far each of them is."""

from dataclasses import dataclass

from config.demo import names
from hiring.models import Stage


@dataclass(frozen=True)
class Person:
    name: str
    stage: Stage
    days_ago: int
    years: int
    last_job: str
    letter: str
    ended: str = ""  # a hiring.models.Reason
    source: str = "own"
    has_cv: bool = True
    has_sample: bool = False
    language: str = "en"

    @property
    def email(self) -> str:
        return f"{names.local_part(self.name)}@applicants.example"


WARM = "I have answered customers for years and still like the moment somebody writes angry and leaves happy."
PLAIN = "I am looking for steady part-time work in the mornings and I write clearly in three languages."
KEEN = "I ordered from you twice, once it went wrong, and the way you put it right is why I write to you."
SHORT = "Please find my CV attached."
LONG = (
    "At the outdoor shop I took over the inbox when it held four hundred messages and brought it to the same day in "
    "six weeks, mostly by writing down the twelve answers people needed most. I would like to do that again."
)

PEOPLE = (
    Person("Maria Lindqvist", Stage.OFFER, 24, 6, "Outdoor shop, customer care", LONG, source="wwr"),
    Person("Tomasz Zieliński", Stage.REFERENCES, 23, 4, "Telephone company, chat", WARM, source="linkedin"),
    Person("Amira Haddad", Stage.REFERENCES, 22, 5, "Bookshop, orders and returns", KEEN, source="friend"),
    Person("Oskar Järvinen", Stage.INTERVIEW, 20, 3, "Hotel reception", WARM, source="linkedin"),
    Person("Wei Zhang", Stage.INTERVIEW, 19, 2, "Electronics shop, help desk", LONG, source="wwr"),
    Person("Elsa Öberg", Stage.INTERVIEW, 17, 7, "Insurance, claims by mail", PLAIN, has_sample=True),
    Person("Jonas Nowak", Stage.PHONE, 14, 1, "Coffee bar", KEEN, source="friend"),
    Person("Leila Farouk", Stage.PHONE, 12, 3, "Fashion shop, returns", WARM, source="linkedin"),
    Person("Pekka Mäkelä", Stage.PHONE, 11, 9, "Travel agency", PLAIN),
    Person("Sofia Rossi", Stage.CV, 6, 2, "Museum shop", KEEN, source="own"),
    Person("Henrik Gruber", Stage.CV, 5, 12, "Bank, call centre", LONG, source="linkedin"),
    Person("王芳", Stage.CV, 4, 4, "Online tea shop", WARM, source="wwr"),
    Person("سارة العلي", Stage.CV, 3, 3, "متجر عطور", PLAIN, source="linkedin", has_cv=False),
    Person("Ida Eriksson", Stage.CV, 2, 0, "Student", SHORT, has_cv=False),
    Person("Milan Novak", Stage.CV, 1, 5, "Parcel service", KEEN, source="friend"),
    Person("Carl Virtanen", Stage.CV, 21, 1, "Warehouse", SHORT, ended="requirement"),
    Person("Nadia Yilmaz", Stage.PHONE, 18, 2, "Pharmacy", PLAIN, ended="hours"),
    Person("Robert Bąk", Stage.INTERVIEW, 22, 3, "Game shop", WARM, ended="interview"),
)
HIRED = Person("Sara Aalto", Stage.HIRED, 40, 4, "Toy shop, customer care", LONG, source="linkedin")
OTHERS = (
    Person("Kim Turunen", Stage.CV, 44, 2, "Kiosk", SHORT, ended="experience"),
    Person("Anna Kowalczyk", Stage.INTERVIEW, 42, 3, "Call centre", WARM, ended="other_chosen"),
)

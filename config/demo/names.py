"""Invented people, in the scripts their names come in."""

from accounts import slugs

FIRST = """Aino Bartosz Chiara Daniel Elif Farah Grażyna Hassan Ingrid Jürgen Kwame Lin Mateusz Noor Olivia Petra
Quentin Rania Søren Tuuli Ursula Viktor Wanja Ximena Yusuf Zofia Åsa Łucja Eetu Salma""".split()
LAST = """Aalto Bąk Carlsson Dąbrowska Eriksson Farouk Gruber Haddad Ivarsson Järvinen Kowalczyk Lindqvist Mäkelä
Nowak Öberg Pettersson Qvist Rossi Sjöberg Turunen Ülker Virtanen Wójcik Yilmaz Zieliński""".split()
WHOLE = ("王芳", "李伟", "سارة العلي", "محمد الحسن", "张敏", "ليلى حداد")

PINYIN = {"王芳": "Wang Fang", "李伟": "Li Wei", "张敏": "Zhang Min"}


def name(number: int) -> str:
    """A name for the n-th person: always the same for the same number, every fifteenth in another script."""
    if number % 15 == 7:
        return WHOLE[number // 15 % len(WHOLE)]
    return f"{FIRST[number * 7 % len(FIRST)]} {LAST[number * 11 % len(LAST)]}"


def local_part(name: str) -> str:
    """The name as people put it before the @: "oskar.jarvinen", "wang.fang"."""
    return slugs.plain(PINYIN.get(name, name)).replace("-", ".") or "person"


def email(number: int, name: str) -> str:
    return f"{local_part(name)}.{number}@applicants.example"

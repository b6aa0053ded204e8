"""Invented people, in the scripts their names come in."""

FIRST = """Aino Bartosz Chiara Daniel Elif Farah Grażyna Hassan Ingrid Jürgen Kwame Lin Mateusz Noor Olivia Petra
Quentin Rania Søren Tuuli Ursula Viktor Wanja Ximena Yusuf Zofia Åsa Łucja Eetu Salma""".split()
LAST = """Aalto Bąk Carlsson Dąbrowska Eriksson Farouk Gruber Haddad Ivarsson Järvinen Kowalczyk Lindqvist Mäkelä
Nowak Öberg Pettersson Qvist Rossi Sjöberg Turunen Ülker Virtanen Wójcik Yilmaz Zieliński""".split()
WHOLE = ("王芳", "李伟", "سارة العلي", "محمد الحسن", "张敏", "ليلى حداد")


def name(number: int) -> str:
    """A name for the n-th person: always the same for the same number, every fifteenth in another script."""
    if number % 15 == 7:
        return WHOLE[number // 15 % len(WHOLE)]
    return f"{FIRST[number * 7 % len(FIRST)]} {LAST[number * 11 % len(LAST)]}"


def email(number: int, name: str) -> str:
    ascii_part = "".join(c for c in name.lower() if c.isascii() and c.isalpha()) or "person"
    return f"{ascii_part}.{number}@applicants.example"

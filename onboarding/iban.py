"""Is this an account number as banks of many countries write it? Said by its own check digits (ISO 13616)."""

LEAST, MOST = 15, 34


def compact(text: str) -> str:
    """Without the spaces and dashes people write between groups, in capitals."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def looks_like_one(text: str) -> bool:
    """Two letters and two digits in front: then it means to be one."""
    sign = compact(text)
    return sign.isascii() and sign[:2].isalpha() and sign[2:4].isdigit() and len(sign) >= LEAST


def is_right(text: str) -> bool:
    """A slip of one sign, or two neighbours swapped, is found."""
    sign = compact(text)
    if not looks_like_one(sign) or len(sign) > MOST:
        return False
    return int("".join(str(int(one, 36)) for one in sign[4:] + sign[:4])) % 97 == 1

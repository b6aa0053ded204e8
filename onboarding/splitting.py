"""Several e-mails pasted at once, taken apart at the lines between them. Imports no Django."""

import re

# A line of nothing but three or more of one sign.
_BETWEEN = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)
_REPLY = re.compile(r"^[ \t]*={3,}[ \t]*$", re.MULTILINE)


def split(text: str) -> list[tuple[str, str]]:
    """(message, our reply) of each e-mail: `---` stands between two, `===` before a reply, which may be missing.

    What has no message is left out. A second `===` belongs to the reply.
    """
    parts = [_REPLY.split(part, maxsplit=1) for part in _BETWEEN.split(text.replace("\r\n", "\n"))]
    pairs = [(part[0].strip(), part[1].strip() if len(part) > 1 else "") for part in parts]
    return [(message, reply) for message, reply in pairs if message]

"""What makes the suite strict."""

import sys

# Third-party templates (allauth, crispy) ask for variables they may not have been given.
THEIRS = ("/site-packages/",)


class UndefinedVariable(Exception):
    pass


def undefined(name):
    """Raises when the template being rendered is ours; an empty string in packages' own templates."""
    if _template_is_ours():
        raise UndefinedVariable(str(name))
    return ""


def _template_is_ours() -> bool:
    """The nearest node being rendered up the call stack tells which file it was written in."""
    frame = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        origin = getattr(node, "origin", None)
        if origin is not None and getattr(origin, "name", None):
            return not any(part in str(origin.name) for part in THEIRS)
        frame = frame.f_back
    return True

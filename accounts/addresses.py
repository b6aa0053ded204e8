from django.conf import settings


def absolute(path: str) -> str:
    """The full address of a path, from the configured site, never from what a browser said its Host is."""
    return f"{settings.SITE_URL}{path}"

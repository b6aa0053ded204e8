"""Error pages. A 404 says the same bytes whether the object is another company's or nobody's."""

import secrets

from django.shortcuts import render


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def csrf_failure(request, reason=""):
    return render(request, "403.html", {"expired": True}, status=403)


def forbidden(request, exception=None):
    return render(request, "403.html", {"expired": False}, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def too_many_requests(request, exception=None):
    """What allauth calls when somebody asks too often. The longest of its limits counts over five minutes."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "300"
    return response


def server_error(request):
    return render(None, "500.html", {"reference": secrets.token_hex(4)}, status=500)

from django.shortcuts import render

from accounts.guards import member


@member()
def sent(request):
    return render(request, "mailroom/sent.html")

from django.shortcuts import render

from accounts.guards import member


@member()
def home(request):
    return render(request, "hiring/home.html")

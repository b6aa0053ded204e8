from django.urls import path

from mailroom import address_views, told_views, views

app_name = "mailroom"
urlpatterns = [
    path("", views.sent, name="sent"),
    path("told/", told_views.wishes, name="told"),
    path("new/", told_views.new, name="new"),
    path("new/seen/", told_views.seen, name="seen"),
    path("<int:pk>/", views.mail, name="mail"),
    path("<int:pk>/address/", address_views.page, name="address"),
    path("<int:pk>/retry/", views.retry, name="retry"),
]

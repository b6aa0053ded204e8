"""Letters to and from applicants."""

from django.urls import path

from hiring.views import message_templates

urlpatterns = [
    path("messages/templates/", message_templates.index, name="message_texts"),
    path("messages/templates/<slug:kind>/<str:language>/", message_templates.edit, name="message_text"),
    path(
        "messages/templates/<slug:kind>/<str:language>/put-back/",
        message_templates.put_back,
        name="message_text_back",
    ),
]

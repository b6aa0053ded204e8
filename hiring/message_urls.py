"""Letters to and from applicants."""

from django.urls import path

from hiring.views import message_bring, message_templates, messages

urlpatterns = [
    path("waiting/", messages.waiting, name="waiting"),
    path("people/<int:pk>/messages/", messages.page, name="messages"),
    path("people/<int:pk>/messages/write/", messages.write, name="message_write"),
    path("people/<int:pk>/messages/look/", messages.look, name="message_look"),
    path("people/<int:pk>/messages/bring/", message_bring.bring, name="message_bring"),
    path("people/<int:pk>/messages/note/", messages.note, name="message_note"),
    path("messages/<int:pk>/take-back/", messages.take_back, name="message_take_back"),
    path("messages/files/<int:pk>/", messages.file, name="message_file"),
    path("messages/templates/", message_templates.index, name="message_texts"),
    path("messages/templates/<slug:kind>/<str:language>/", message_templates.edit, name="message_text"),
    path(
        "messages/templates/<slug:kind>/<str:language>/put-back/",
        message_templates.put_back,
        name="message_text_back",
    ),
]

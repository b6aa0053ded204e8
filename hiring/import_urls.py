"""Bringing people in from another system, under /hiring/."""

from django.urls import path

from hiring.views import contact, imports

urlpatterns = [
    path("jobs/<int:pk>/import/", imports.start, name="import_start"),
    path("imports/<int:pk>/", imports.show, name="import"),
    path("imports/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<int:pk>/words/", imports.words, name="import_words"),
    path("imports/<int:pk>/check/", imports.check, name="import_check"),
    path("imports/<int:pk>/progress/", imports.progress, name="import_progress"),
    path("imports/<int:pk>/left-out/", imports.left_out, name="import_left_out"),
    path("imports/<int:pk>/cancel/", imports.cancel, name="import_cancel"),
    path("imports/<int:pk>/again/", imports.again, name="import_again"),
    path("imports/<int:pk>/undo/", imports.undo, name="import_undo"),
    path("people/<int:pk>/contact/", contact.edit, name="contact"),
]

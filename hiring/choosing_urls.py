"""Deciding whom to choose, and what applicants are given to read about it, under /hiring/."""

from django.urls import path

from hiring.views import compare, memo, written

urlpatterns = [
    path("jobs/<int:pk>/compare/", compare.compare, name="compare"),
    path("people/<int:pk>/memo/", memo.page, name="memo"),
    path("people/<int:pk>/memo/pdf/", memo.on_paper, name="memo_pdf"),
    path("people/<int:pk>/memo/take-back/", memo.take_back, name="memo_take_back"),
    path("people/<int:pk>/written/", written.page, name="written"),
    path("people/<int:pk>/written/take-back/", written.take_back, name="written_take_back"),
    path("people/<int:pk>/extract/", written.extract, name="extract"),
]

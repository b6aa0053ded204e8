"""The board and the list of a job, and what is done from there with several people, under /hiring/."""

from django.urls import path

from hiring.views import board, board_news, bulk, limits, people

urlpatterns = [
    path("jobs/<int:pk>/board/", board.board, name="board"),
    path("jobs/<int:pk>/board/column/", board.column, name="column"),
    path("jobs/<int:pk>/board/news/", board_news.news, name="board_news"),
    path("jobs/<int:pk>/waiting/", limits.page, name="limits"),
    path("jobs/<int:pk>/people/", people.people, name="people"),
    path("jobs/<int:pk>/people/print/", people.on_paper, name="people_print"),
    path("jobs/<int:pk>/people/several/", bulk.pick, name="bulk_pick"),
    path("several/<int:pk>/", bulk.page, name="bulk"),
    path("several/<int:pk>/undo/", bulk.undo, name="bulk_undo"),
]

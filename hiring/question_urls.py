"""The questions in a job's form, and the files of answers, under /hiring/."""

from django.urls import path

from hiring.views import questions, sent_files

urlpatterns = [
    path("jobs/<int:pk>/questions/", questions.page, name="questions"),
    path("questions/<int:pk>/", questions.change, name="question"),
    path("questions/<int:pk>/act/", questions.act, name="question_act"),
    path("questions/<int:pk>/put-back/", questions.put_back, name="question_back"),
    path("people/<int:pk>/letter/file/", sent_files.letter, name="letter"),
    path("answers/<int:pk>/file/", sent_files.answer, name="answer_file"),
]

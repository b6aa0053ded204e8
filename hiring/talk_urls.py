from django.urls import path

from hiring.views import taking_back, talks

urlpatterns = [
    path("people/<int:pk>/interview/", talks.plan, name="plan"),
    path("interviews/<int:pk>/cancel/", talks.cancel, name="interview_cancel"),
    path("interviews/<int:pk>/move/", talks.move, name="interview_move"),
    path("interviews/<int:pk>/take-back/", taking_back.talk, name="interview_take_back"),
]

"""Work samples, under /hiring/."""

from django.urls import path

from hiring.views import samples

urlpatterns = [
    path("jobs/<int:pk>/samples/", samples.index, name="samples"),
    path("jobs/<int:pk>/samples/take-back/", samples.take_back, name="samples_take_back"),
    path("jobs/<int:pk>/samples/text/", samples.text, name="sample_text"),
    path("jobs/<int:pk>/samples/text/take-back/", samples.text_take_back, name="sample_text_take_back"),
    path("samples/<int:pk>/", samples.sample, name="sample"),
    path("samples/<int:pk>/cancel/", samples.cancel, name="sample_cancel"),
    path("samples/<int:pk>/more/", samples.more, name="sample_more"),
    path("samples/<int:pk>/take-back/", samples.sample_take_back, name="sample_take_back"),
]

"""Jobs, their requirements and adverts, under /hiring/."""

urlpatterns = []

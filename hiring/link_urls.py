app_name = "hiring_links"
urlpatterns = []

app_name = "accounts_links"
urlpatterns = []

app_name = "onboarding_links"
urlpatterns = []

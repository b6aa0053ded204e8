from django.urls import path

from hiring.views import apply, careers, feeds

app_name = "careers"
urlpatterns = [
    path("<slug:company>/", careers.company, name="company"),
    path("<slug:company>/jobs.atom", feeds.atom, name="atom"),
    path("<slug:company>/jobs.xml", feeds.jobs_xml, name="jobs_xml"),
    path("<slug:company>/sitemap.xml", feeds.sitemap, name="sitemap"),
    path("<slug:company>/theme.css", careers.theme, name="theme"),
    path("<slug:company>/logo-<slug:digest>.png", careers.logo, name="logo"),
    path("<slug:company>/<slug:job>/", careers.job, name="job"),
    path("<slug:company>/<slug:job>/apply/", apply.apply, name="apply"),
    path("<slug:company>/<slug:job>/thanks/", apply.thanks, name="thanks"),
]

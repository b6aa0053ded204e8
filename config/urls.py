from django.urls import include, path

from config import deleted, errors, find, golive, health, help, home, sample, settings_index
from hiring.views import feeds

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", feeds.robots, name="robots"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("find/", find.find, name="find"),
    path("settings/", settings_index.page, name="settings"),
    path("settings/go-live/", golive.page, name="go_live"),
    path("settings/go-live/test-mail/", golive.send_test, name="go_live_test"),
    path("help/", help.index, name="help_index"),
    path("help/pictures/<path:name>", help.picture, name="help_picture"),
    path("help/<slug:slug>/", help.show, name="help"),
    path("sample/", sample.enter, name="sample"),
    path("deleted/", deleted.page, name="deleted"),
    path("deleted/<slug:kind>/<int:pk>/put-back/", deleted.put_back, name="deleted_put_back"),
    path("sample/remove/", sample.remove, name="sample_remove"),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("mail/", include("mailroom.urls")),
    path("readiness/", include("readiness.urls")),
    path("hiring/", include("hiring.urls")),
    path("careers/", include("hiring.public_urls")),
    path("onboarding/", include("onboarding.urls")),
    path("my/", include("accounts.link_urls")),
    path("my/", include("mailroom.link_urls")),
    path("my/", include("hiring.link_urls")),
    path("my/", include("onboarding.link_urls")),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many_requests
handler500 = errors.server_error

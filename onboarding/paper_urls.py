"""Addresses of bank, identity and tax papers."""

from django.urls import path

from onboarding.views import papers

patterns = [
    path("papers/mine/", papers.mine, name="my_papers"),
    path("papers/mine/<slug:kind>/", papers.mine_enter, name="my_paper_enter"),
    path("papers/mine/<slug:kind>/erase/", papers.mine_erase, name="my_paper_erase"),
    path("papers/keeping/", papers.storing, name="paper_storing"),
    path("<int:pk>/papers/", papers.show, name="papers"),
    path("<int:pk>/papers/<slug:kind>/", papers.enter, name="paper_enter"),
    path("<int:pk>/papers/<slug:kind>/read/", papers.read, name="paper_read"),
    path("<int:pk>/papers/<slug:kind>/until/", papers.until, name="paper_until"),
    path("<int:pk>/papers/<slug:kind>/erase/", papers.erase, name="paper_erase"),
]

"""The handbook's addresses, below onboarding/handbook/."""

from django.urls import path

from onboarding.views import handbook, handbook_people, handbook_start

urlpatterns = [
    path("", handbook.index, name="handbook"),
    path("start/", handbook_start.start, name="handbook_start"),
    path("start/<slug:key>/", handbook_start.question, name="handbook_question"),
    path("new/", handbook.new, name="handbook_new"),
    path("preview/", handbook.preview, name="handbook_preview"),
    path("print/", handbook.on_paper, name="handbook_print"),
    path("reading/", handbook_people.reading, name="handbook_reading"),
    path("proposals/", handbook_people.proposals, name="handbook_proposals"),
    path("proposals/<int:pk>/", handbook_people.proposal, name="handbook_proposal"),
    path("proposals/<int:pk>/take/", handbook_people.take, name="handbook_take"),
    path("proposals/<int:pk>/decline/", handbook_people.decline, name="handbook_decline"),
    path("proposals/<int:pk>/reopen/", handbook_people.reopen, name="handbook_proposal_reopen"),
    path("proposals/<int:pk>/withdraw/", handbook_people.withdraw, name="handbook_withdraw"),
    path("<int:pk>/", handbook.page, name="handbook_page"),
    path("<int:pk>/edit/", handbook.edit, name="handbook_edit"),
    path("<int:pk>/translate/", handbook.translate, name="handbook_translate"),
    path("<int:pk>/versions/", handbook.versions, name="handbook_versions"),
    path("<int:pk>/versions/<int:number>/back/", handbook.go_back, name="handbook_go_back"),
    path("<int:pk>/place/", handbook.place, name="handbook_place"),
    path("<int:pk>/place/back/", handbook.place_back, name="handbook_place_back"),
    path("<int:pk>/archive/", handbook.archive, name="handbook_archive"),
    path("<int:pk>/put-back/", handbook.put_back, name="handbook_put_back"),
    path("<int:pk>/read/", handbook_people.read, name="handbook_read"),
    path("<int:pk>/unread/", handbook_people.unread, name="handbook_unread"),
    path("<int:pk>/ask/", handbook_people.ask, name="handbook_ask"),
    path("<int:pk>/ask/stop/", handbook_people.ask_stop, name="handbook_ask_stop"),
    path("<int:pk>/propose/", handbook_people.propose, name="handbook_propose"),
]

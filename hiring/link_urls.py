from django.urls import path

from hiring.views import (
    booking_link,
    contract_pdf,
    offer_ask,
    offer_link,
    pool,
    referees_link,
    reference_link,
    sample_link,
    status,
    status_ask,
    status_correct,
    status_data,
    written,
)

app_name = "hiring_links"
urlpatterns = [
    path("status/<str:token>/", status.status, name="status"),
    path("status/<str:token>/ask/", status_ask.ask, name="status_ask"),
    path("status/<str:token>/correct/", status_correct.correct, name="status_correct"),
    path("status/<str:token>/consent/", status_data.consent, name="status_consent"),
    path("status/<str:token>/withdraw/", status.withdraw, name="status_withdraw"),
    path("status/<str:token>/data/", status_data.data, name="status_data"),
    path("status/<str:token>/erase/", status_data.erase, name="status_erase"),
    path("pool/<str:token>/", pool.answer, name="pool"),
    path("sample/<str:token>/", sample_link.page, name="sample"),
    path("booking/<str:token>/", booking_link.page, name="booking"),
    path("referees/<str:token>/", referees_link.page, name="referees"),
    path("reference/<str:token>/", reference_link.page, name="reference"),
    path("data/<str:token>/", status_data.copy, name="copy"),
    path("written/<str:token>/", written.of_applicant, name="written"),
    path("written/<str:token>/pdf/", written.of_applicant_on_paper, name="written_pdf"),
    path("offer/<str:token>/", offer_link.page, name="offer"),
    path("offer/<str:token>/ask/", offer_ask.ask, name="offer_ask"),
    path("offer/<str:token>/pdf/", contract_pdf.of_candidate, name="offer_pdf"),
    path("offer/<str:token>/accept/", offer_link.accept, name="offer_accept"),
    path("offer/<str:token>/decline/", offer_link.decline, name="offer_decline"),
]

from django.urls import path

from hiring.views import contract_pdf, contract_template, offer_talk, offers, signing, taking_back

urlpatterns = [
    path("people/<int:pk>/offer/", offers.edit, name="offer"),
    path("offers/<int:pk>/send/", offers.send, name="offer_send"),
    path("offers/<int:pk>/take-back/", taking_back.offer, name="offer_take_back"),
    path("offers/<int:pk>/withdraw/", offers.withdraw, name="offer_withdraw"),
    path("offers/<int:pk>/signed/", offers.signed, name="offer_signed"),
    path("offers/<int:pk>/countersign/", signing.countersign, name="offer_countersign"),
    path("offers/<int:pk>/check/", signing.check, name="contract_check"),
    path("offers/<int:pk>/contract/", offers.contract, name="contract"),
    path("offers/<int:pk>/contract/pdf/", contract_pdf.of_shop, name="contract_pdf"),
    path("offers/<int:pk>/approval/", offer_talk.ask_approval, name="offer_approval"),
    path("offers/<int:pk>/longer/", offer_talk.extend, name="offer_extend"),
    path("offers/<int:pk>/longer/take-back/", offer_talk.take_back_extension, name="offer_extend_take_back"),
    path("offer-approvals/<int:pk>/", offer_talk.decide, name="offer_decide"),
    path("offer-questions/<int:pk>/", offer_talk.answer, name="offer_answer"),
    path("contract/<str:language>/", contract_template.edit, name="contract_template"),
    path("contract/<str:language>/preview/", contract_template.preview, name="contract_template_preview"),
    path(
        "contract/<str:language>/<int:version>/again/",
        contract_template.again,
        name="contract_template_again",
    ),
]

from django.urls import path

from hiring import job_urls
from hiring.views import board, candidate, data, home, moves, offers, reading, stages, unheard

app_name = "hiring"
urlpatterns = [
    path("", home.home, name="home"),
    *job_urls.urlpatterns,
    path("jobs/<int:pk>/board/", board.board, name="board"),
    path("jobs/<int:pk>/board/column/", board.column, name="column"),
    path("jobs/<int:pk>/people/", board.people, name="people"),
    path("jobs/<int:pk>/read/", reading.queue, name="read"),
    path("jobs/<int:pk>/unheard/", unheard.unheard, name="unheard"),
    path("people/<int:pk>/", candidate.page, name="candidate"),
    path("people/<int:pk>/cv/", candidate.cv, name="cv"),
    path("people/<int:pk>/name/", candidate.show_name, name="show_name"),
    path("people/<int:pk>/note/", candidate.note, name="note"),
    path("people/<int:pk>/next-step/", candidate.next_step, name="next_step"),
    path("people/<int:pk>/assign/", candidate.assign, name="assign"),
    path("people/<int:pk>/advance/", moves.advance, name="advance"),
    path("people/<int:pk>/not-selected/", moves.not_select, name="not_select"),
    path("people/<int:pk>/withdraw/", moves.withdraw, name="withdraw"),
    path("people/<int:pk>/take-up/", moves.take_up, name="take_up"),
    path("people/<int:pk>/unhire/", moves.unhire, name="unhire"),
    path("people/<int:pk>/data/", data.data, name="data"),
    path("people/<int:pk>/data/copy/", data.copy, name="data_copy"),
    path("people/<int:pk>/data/take/", data.take, name="data_take"),
    path("people/<int:pk>/data/erase/", data.erase, name="data_erase"),
    path("moves/<int:pk>/undo/", moves.undo, name="undo"),
    path("people/<int:pk>/read/", reading.decide, name="decide"),
    path("people/<int:pk>/marks/", stages.marks, name="marks"),
    path("people/<int:pk>/phone/", stages.phone, name="phone"),
    path("people/<int:pk>/interview/", stages.plan, name="plan"),
    path("interviews/<int:pk>/cancel/", stages.cancel, name="interview_cancel"),
    path("people/<int:pk>/scorecard/", stages.scorecard, name="scorecard"),
    path("people/<int:pk>/referees/", stages.referee, name="referee"),
    path("referees/<int:pk>/call/", stages.call, name="reference_call"),
    path("people/<int:pk>/offer/", offers.edit, name="offer"),
    path("offers/<int:pk>/send/", offers.send, name="offer_send"),
    path("offers/<int:pk>/withdraw/", offers.withdraw, name="offer_withdraw"),
    path("offers/<int:pk>/signed/", offers.signed, name="offer_signed"),
    path("offers/<int:pk>/contract/", offers.contract, name="contract"),
]

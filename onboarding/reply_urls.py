"""Addresses of replies, rules, freedom and gates."""

from django.urls import path

from onboarding.views import drafts, freedom, rules

patterns = [
    path("when-to-ask-first/check/", rules.check, name="rule_check"),
    path("when-to-ask-first/rules/", rules.rules, name="rules"),
    path("when-to-ask-first/rules/<slug:code>/", rules.rule, name="rule"),
    path("when-to-ask-first/rules/<slug:code>/take-back/", rules.take_back, name="rule_take_back"),
    path("replies/", drafts.replies, name="replies"),
    path("replies/waiting/", drafts.waiting, name="replies_waiting"),
    path("replies/new/", drafts.write, name="reply_new"),
    path("replies/practise/", drafts.practise, name="reply_practise"),
    path("replies/sample/", drafts.sample, name="reply_sample"),
    path("replies/<int:pk>/", drafts.reply, name="reply"),
    path("replies/<int:pk>/save/", drafts.save, name="reply_save"),
    path("replies/<int:pk>/review/", drafts.review, name="reply_review"),
    path("replies/<int:pk>/keep/", drafts.keep, name="reply_keep"),
    path("replies/<int:pk>/review/take-back/", drafts.unlook, name="reply_unlook"),
    *[
        path(f"replies/<int:pk>/{verb}/", drafts.act, {"verb": verb}, name=f"reply_{verb}")
        for verb in drafts.ACTS
    ],
    path("<int:pk>/freedom/", freedom.freedom, name="freedom"),
    path("<int:pk>/freedom/not-yet/", freedom.not_yet, name="freedom_not_yet"),
    path("freedom/<int:pk>/take-back/", freedom.take_back, name="freedom_take_back"),
    path("gates/<int:pk>/", freedom.gate, name="gate"),
    path("gates/<int:pk>/take-back/", freedom.gate_take_back, name="gate_take_back"),
]

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailroomConfig(AppConfig):
    name = "mailroom"

    def ready(self):
        from accounts import invitations, middleware, team, trail_words
        from mailroom import keeping, lost, outbox, told, told_kinds

        def withdraw(membership):
            """An invitation that was taken back does not go out."""
            outbox.cancel(about=("membership", membership.pk), message="invitation")

        team.after_removal.append(withdraw)
        team.after_removal.append(told.forget)
        middleware.with_membership["unseen"] = told.unseen()
        told_kinds.register()
        trail_words.register_kind("mail", _("Sent mail"))
        trail_words.register("mail.read", _("%(who)s read a mail that was sent"))
        trail_words.register("mail.retried", _("%(who)s sent a mail again"))
        trail_words.register("mail.readdressed", _("%(who)s corrected the address of a mail"))
        lost.finders.append(invitations.send_again)
        keeping.register()

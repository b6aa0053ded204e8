from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailroomConfig(AppConfig):
    name = "mailroom"

    def ready(self):
        from accounts import trail_words
        from mailroom import keeping

        trail_words.register_kind("mail", _("Sent mail"))
        trail_words.register("mail.read", _("%(who)s read a mail that was sent"))
        trail_words.register("mail.retried", _("%(who)s sent a mail again"))
        keeping.register()

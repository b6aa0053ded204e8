from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HiringConfig(AppConfig):
    name = "hiring"

    def ready(self):
        from hiring import (
            addresses,
            fulltext,
            keeping,
            links_again,
            reminding,
            staleness,
            telling,
            trail_words,
        )
        from mailroom import corrections, lost

        corrections.holders |= addresses.HOLDERS
        lost.finders.append(links_again.send)
        post_migrate.connect(fulltext.after_migrate, sender=self, dispatch_uid="hiring.fulltext")
        keeping.register()
        trail_words.say()
        telling.register()
        reminding.register()
        staleness.register()

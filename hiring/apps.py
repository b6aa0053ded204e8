from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HiringConfig(AppConfig):
    name = "hiring"

    def ready(self):
        from hiring import (
            addresses,
            cvbox,
            fulltext,
            import_reading,
            keeping,
            links_again,
            reminding,
            staleness,
            telling,
            trail_words,
        )
        from mailroom import corrections, lost
        from vault import uploads

        corrections.holders |= addresses.HOLDERS
        uploads.larger_at["hiring:import_start"] = cvbox.LARGEST_MB + import_reading.MOST_MB
        uploads.more_at["hiring:import_start"] = cvbox.MOST_LOOSE + 1
        lost.finders.append(links_again.send)
        post_migrate.connect(fulltext.after_migrate, sender=self, dispatch_uid="hiring.fulltext")
        keeping.register()
        trail_words.say()
        telling.register()
        reminding.register()
        staleness.register()

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HiringConfig(AppConfig):
    name = "hiring"

    def ready(self):
        from accounts import team
        from hiring import (
            addresses,
            booking_telling,
            card_reminding,
            cvbox,
            email_forms,
            fulltext,
            import_reading,
            in_calendars,
            keeping,
            keeping_calendars,
            keeping_kits,
            letters,
            links_again,
            message_telling,
            offer_telling,
            reference_letters,
            reference_telling,
            reminding,
            sample_telling,
            staleness,
            talk_ends,
            talk_letters,
            telling,
            trail_words,
        )
        from mailroom import corrections, lost, quiet_hours
        from vault import uploads

        corrections.holders |= addresses.HOLDERS
        uploads.larger_at["hiring:import_start"] = cvbox.LARGEST_MB + import_reading.MOST_MB
        uploads.more_at["hiring:import_start"] = cvbox.MOST_LOOSE + 1
        uploads.larger_at["hiring:application_mail"] = (
            email_forms.MOST_MB + 10
        )  # so that the form sees what is too much
        uploads.more_at["hiring:application_mail"] = email_forms.MOST
        lost.finders += [links_again.send, reference_letters.again_to]
        post_migrate.connect(fulltext.after_migrate, sender=self, dispatch_uid="hiring.fulltext")
        keeping.register()
        keeping_kits.register()
        keeping_calendars.register()
        in_calendars.register()
        trail_words.say()
        telling.register()
        offer_telling.register()
        reminding.register()
        card_reminding.register()
        staleness.register()
        sample_telling.register()
        reference_telling.register()
        booking_telling.register()
        team.after_removal.append(talk_ends.left_team)
        quiet_hours.messages.add(talk_letters.CHOOSE)
        message_telling.register()
        quiet_hours.messages |= letters.BY_DAY
        quiet_hours.messages |= {reference_letters.ASK, reference_letters.NAMES}

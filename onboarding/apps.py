from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "onboarding"

    def ready(self):
        from accounts import team
        from mailroom import lost
        from onboarding import (
            handbook_keeping,
            in_calendars,
            keeping,
            links_again,
            meeting_telling,
            plans,
            reply_telling,
            talk_telling,
            telling,
            trail_words,
            weekly,
        )

        team.after_removal += [weekly.leader_leaves, plans.without_buddy, plans.handed_over]
        lost.finders.append(links_again.send)
        keeping.register()
        trail_words.say()
        telling.register()
        handbook_keeping.register()
        in_calendars.register()
        reply_telling.register()
        meeting_telling.register()
        talk_telling.register()

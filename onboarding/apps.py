from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "onboarding"

    def ready(self):
        from accounts import team
        from onboarding import keeping, plans, telling, trail_words

        team.after_removal += [plans.without_buddy, plans.handed_over]
        keeping.register()
        trail_words.say()
        telling.register()

from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "onboarding"

    def ready(self):
        from onboarding import keeping, trail_words

        keeping.register()
        trail_words.say()

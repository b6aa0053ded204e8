from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    name = "readiness"

    def ready(self):
        from accounts import signup
        from readiness import assessments, keeping, trail_words

        signup.after_signup.append(assessments.adopt)
        keeping.register()
        trail_words.say()

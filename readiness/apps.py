from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    name = "readiness"

    def ready(self):
        from accounts import signup
        from readiness import assessments, imports, keeping, trail_words
        from vault import uploads

        signup.after_signup.append(assessments.adopt)
        uploads.larger_at["readiness:upload"] = imports.LARGEST_MB
        keeping.register()
        trail_words.say()

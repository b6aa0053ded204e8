from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self):
        from onboarding import handed
        from readiness import after_page

        # Neither app knows the other: what one has counted is handed to the other as plain values.
        handed.relief.append(after_page.relief_of)
        handed.first_reply.append(after_page.first_reply_of)

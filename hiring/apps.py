from django.apps import AppConfig


class HiringConfig(AppConfig):
    name = "hiring"

    def ready(self):
        from hiring import keeping

        keeping.register()

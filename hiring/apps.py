from django.apps import AppConfig


class HiringConfig(AppConfig):
    name = "hiring"

    def ready(self):
        from hiring import keeping, telling, trail_words

        keeping.register()
        trail_words.say()
        telling.register()

from django.apps import AppConfig


class HiringConfig(AppConfig):
    name = "hiring"

    def ready(self):
        from hiring import addresses, keeping, links_again, telling, trail_words
        from mailroom import corrections, lost

        corrections.holders |= addresses.HOLDERS
        lost.finders.append(links_again.send)
        keeping.register()
        trail_words.say()
        telling.register()

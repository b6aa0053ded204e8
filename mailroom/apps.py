from django.apps import AppConfig


class MailroomConfig(AppConfig):
    name = "mailroom"

    def ready(self):
        from accounts import team
        from mailroom import outbox

        def withdraw(membership):
            outbox.cancel(about=("membership", membership.pk), message="invitation")

        team.after_removal.append(withdraw)

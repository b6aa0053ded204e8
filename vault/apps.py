from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VaultConfig(AppConfig):
    name = "vault"

    def ready(self):
        from vault import keeping, triggers

        post_migrate.connect(triggers.after_migrate, sender=self, dispatch_uid="vault.triggers")
        keeping.register()

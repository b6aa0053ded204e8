from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from allauth.account.signals import email_changed
        from allauth.mfa import signals as mfa
        from django.contrib.auth.signals import user_logged_in

        from accounts import backstop, closing, keeping, second_factors, sessions, team, trail_words
        from vault import erased_list, erasing, keys

        user_logged_in.connect(sessions.begin)
        for changed in (mfa.authenticator_added, mfa.authenticator_removed, mfa.authenticator_reset):
            changed.connect(sessions.second_factor_changed)
        email_changed.connect(team.address_changed)
        trail_words.register_ours()
        keys.also("second factors", second_factors.rotate)
        post_migrate.connect(backstop.after_migrate, sender=self, dispatch_uid="accounts.backstop")
        erasing.afterwards.append(sessions.forget_notices)
        erased_list.shops.append(closing.erase_again)
        keeping.register()
        keeping.subjects()

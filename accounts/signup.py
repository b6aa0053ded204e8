"""What other apps do when a shop has just been made. They add themselves in AppConfig.ready."""

after_signup: list = []  # callables (request, membership)

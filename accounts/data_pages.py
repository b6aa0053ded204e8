"""Pages about data that apps above add to the owner's page."""

pages: list[tuple[str, str, str]] = []  # (name of the route, title, one sentence), both lazy


def add(route: str, title, sentence) -> None:
    if route not in [known for known, *_rest in pages]:
        pages.append((route, title, sentence))

"""Why something is asked, said at the question itself."""


class Explained:
    """A form whose `WHY` says for each field why it is asked; `explain()` puts that behind the field's help.

    The last thing of `__init__`, when the fields are what they will be.
    """

    WHY: dict = {}

    def explain(self):
        for name, why in self.WHY.items():
            if name in self.fields:
                field = self.fields[name]
                field.help_text = f"{field.help_text} {why}" if field.help_text else why

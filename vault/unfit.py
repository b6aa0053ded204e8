"""What is wrong with a file, as a code: the modules that look inside files import no Django."""


class Unfit(Exception):
    """`code` names a sentence in vault.refusals."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code

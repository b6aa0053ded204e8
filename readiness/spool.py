"""Rows of whole numbers, brought together by the first of them, in little memory: what is many lies on the disk.

Standard library only. A file of 200 MB may hold millions of tickets; one dictionary of them would be larger than
the file. They are dealt out by their key into parts, and each part is small enough to be looked at whole.
"""

import tempfile
from array import array

AT_ONCE = 150_000  # rows in memory
PARTS = 64  # a power of two


class Spool:
    """`width` 64-bit numbers a row, the first its key. `waiting` may be appended to directly, `rest()` called now
    and then; or `add` does both."""

    def __init__(self, width, *, at_once=AT_ONCE, folder=None):
        self.width, self.at_once, self.folder = width, at_once, folder
        self.waiting, self.pieces, self.file = [], [], None

    def add(self, row) -> None:
        self.waiting.append(row)
        self.rest()

    def rest(self) -> None:
        """Puts what waits on the disk once it is many."""
        if len(self.waiting) >= self.at_once:
            self._put_away()

    def _put_away(self):
        if self.file is None:
            self.file = tempfile.TemporaryFile(dir=self.folder)  # noqa: SIM115 -- closed with the spool
        dealt = [[] for _ in range(PARTS)]
        for row in self.waiting:
            dealt[row[0] & PARTS - 1] += row
        for part, numbers in enumerate(dealt):
            self.pieces.append((part, self.file.tell(), len(numbers)))
            array("q", numbers).tofile(self.file)
        self.waiting.clear()

    def parts(self):
        """Lists of rows in the order in which they were added; rows of one key are in one list. Any number of times."""
        if self.file is None:
            yield self.waiting
            return
        if self.waiting:
            self._put_away()
        for part in range(PARTS):
            yield self._part(part)

    def _part(self, part):
        numbers = array("q")
        for own, at, count in self.pieces:
            if own == part:
                self.file.seek(at)
                numbers.fromfile(self.file, count)
        columns = [iter(numbers)] * self.width
        return list(zip(*columns, strict=True))

    def close(self) -> None:
        self.waiting = []
        if self.file is not None:
            self.file.close()

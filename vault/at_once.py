"""Many tables made in one step of a migration."""

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class AtOnce(Operation):
    """What a list of CreateModel, AddField, AddIndex and AddConstraint comes to, for tables that are not there yet.

    After each of them Django lays out every related model anew: with 150 models that point at one another the first
    start took a minute. Here the models are laid out once, as they are in the end, and each table is made from that.
    """

    reversible = True

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        return (self.__class__.__name__, [], {"operations": self.operations})

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # nothing is laid out until all of it is known
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self._tables():
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self._tables()):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def _tables(self):
        return [operation for operation in self.operations if isinstance(operation, CreateModel)]

    def describe(self):
        return "Makes all tables of the app"

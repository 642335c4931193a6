"""What Alembic runs: the migrations on the connection that `upgrade` opened, in its transaction."""

from alembic import context

from simulator.emulators.kit.migrations.upgrade import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
context.run_migrations()

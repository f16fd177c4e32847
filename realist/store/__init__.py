"""The one place that knows the database: tables, engine, search, migration."""

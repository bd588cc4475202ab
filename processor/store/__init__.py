"""Rows: everything the desk must not forget, on SQLite or PostgreSQL alike."""

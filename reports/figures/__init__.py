"""The figures of the process (spec 1.10): each defined once, worked out in the database."""

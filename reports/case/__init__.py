"""One grave incident with all that was owed and decided on it: for its reports."""

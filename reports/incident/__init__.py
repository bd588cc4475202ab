"""One incident's dossier as the rows and sentences of a report."""

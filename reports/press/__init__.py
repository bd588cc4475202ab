"""What every periodical report has in common: who prints it, its pages' heads, its definitions."""

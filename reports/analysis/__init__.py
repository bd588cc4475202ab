"""What figures alone do not show: when, how long, how old, again, alike, and what may come."""

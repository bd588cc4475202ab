"""A desk's years, made up: see :mod:`benchmarks.year.__main__`."""

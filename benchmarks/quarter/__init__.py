"""A quarter of a service desk's life, driven by its clock, and judged by an independent oracle."""

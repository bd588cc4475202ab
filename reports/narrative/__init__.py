"""Sentences about figures: each made by a named rule from figures that it cites, or not at all."""

"""The administrator's house: configuration, words and templates, read into values.

``loader.load`` reads a home, ``home.create`` makes one, ``words.catalogue`` gives the shipped
words, ``export.schema`` the JSON Schema of each file.
"""

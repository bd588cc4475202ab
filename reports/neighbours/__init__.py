"""Problems and changes as the rows and sentences of their reports."""

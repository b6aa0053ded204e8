class TooLong(ValueError):
    """More text than a document may have."""

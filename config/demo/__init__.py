"""Sample data: a living shop to look around in, and as many applications as one likes to measure with.

Reserved domains only (RFC 2606), so nothing can ever reach a stranger.
"""

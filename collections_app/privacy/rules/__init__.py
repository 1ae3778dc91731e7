"""Rules of what is held about people: which fields hold it, how a person is known in words, what is kept for
how long and why.
"""

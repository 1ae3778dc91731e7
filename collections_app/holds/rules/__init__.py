"""What holds an order, what frees it, and who may release it. Pure.

``deciding.decide`` is the one decision; ``paying`` and ``foreseeing`` only ask it about other facts.
"""

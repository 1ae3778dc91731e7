"""Who is to be chased and how urgently: points, what leaves a customer out, and the sentences that say why.
Pure.

``refresh_chase_list_*.sql`` say the same in sets; ``tests/twins`` hold the two together.
"""

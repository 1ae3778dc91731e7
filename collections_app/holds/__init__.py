"""When deliveries on credit stop: orders in hand, the rules that hold and free them, and who may release one.

``rules`` decide: the facts of a customer and the rules in force give one answer, with every reason and its
figures; the smallest payment that frees an order comes from the same function. Orders are not ours to
change: they are held, freed by facts, or released for a time by somebody who may.

May import: dunning and below. Most used: ``orders.take_in``, ``checks.check``, ``checks.recheck``,
``checks.following``, ``releases.ask``, ``releases.grant``. Whom it concerns is told by ``telling``.
"""

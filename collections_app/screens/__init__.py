"""The people's door: one module a screen, its form beside its view, its addresses at its foot.

A view scopes its subject to what the reader may see (a stranger gets 404), reads a plain form, calls one
verb, and answers with a page, a part of one, or the problems. Only this room and ``api`` speak HTTP.
"""

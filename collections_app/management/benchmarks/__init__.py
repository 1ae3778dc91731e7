"""How fast the workbench is, each measure beside a floor: what PostgreSQL alone needs for the same result.

Run by hand with ``manage.py benchmark``, never as a timed test; ``docs/benchmarks.md`` keeps what was found.
Everything happens in a scratch database of its own on the same server, which is dropped at the end.
"""

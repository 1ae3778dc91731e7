"""The clock's door: Celery tasks, the night's stages, and the schedule on one page. Only this room knows
Celery.
"""

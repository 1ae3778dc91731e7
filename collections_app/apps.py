"""The one Django app."""

from django.apps import AppConfig


class CollectionsConfig(AppConfig):
    """All rooms live in one app and share one history of migrations."""

    name = "collections_app"
    label = "collections_app"
    verbose_name = "Collections workbench"
    default_auto_field = "django.db.models.BigAutoField"

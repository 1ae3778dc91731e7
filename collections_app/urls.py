"""Every address of the product. URLs are resources; each room of screens lists its own."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

"""Every address of the product. URLs are resources: GET reads, POST creates, DELETE undoes. Each screen lists its own.

Addresses of a company start with its code; they come last so that no code can hide another address.
"""

from django.urls import URLPattern, URLResolver, include, path

from collections_app.screens import health, preferences, sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    *health.urlpatterns,
    *sign_in.urlpatterns,
    *preferences.urlpatterns,
]

# Screens of one company: /NORTHGATE/chase/ and so on.
OF_A_COMPANY: list[URLPattern | URLResolver] = []

urlpatterns += [path("<slug:company>/", include(OF_A_COMPANY))]

"""Every address of the product. URLs are resources: GET reads, POST creates. Each screen lists its own.

Addresses of a company start with its code; they come last so that no code can hide another address.
"""

from django.urls import URLPattern, URLResolver, include, path

from collections_app.screens import (
    agreements,
    answers,
    call_backs,
    chase_list,
    chase_rules,
    colleague_requests,
    commitments,
    contact_logs,
    covers,
    customers,
    following,
    health,
    home,
    import_profiles,
    imports,
    imports_mapping,
    imports_new,
    imports_work,
    invoice_documents,
    nights,
    own_password,
    pauses,
    portfolios,
    preferences,
    promise_edit,
    promises,
    request_lists,
    search,
    segment_drafts,
    segment_terms,
    segments,
    setup_companies,
    setup_rates,
    setup_teams,
    setup_users,
    sign_in,
    standing_notes,
    timelines,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *health.urlpatterns,
    *answers.urlpatterns,
    *sign_in.urlpatterns,
    *preferences.urlpatterns,
    *own_password.urlpatterns,
    *setup_users.urlpatterns,
    *setup_teams.urlpatterns,
    *setup_rates.urlpatterns,
    *setup_companies.urlpatterns,
]

# Screens of one company: /NORTHGATE/chase/ and so on.
OF_A_COMPANY: list[URLPattern | URLResolver] = [
    *home.urlpatterns,
    *nights.urlpatterns,
    *chase_list.urlpatterns,
    *pauses.urlpatterns,
    *customers.urlpatterns,
    *call_backs.urlpatterns,
    *timelines.urlpatterns,
    *invoice_documents.urlpatterns,
    *contact_logs.urlpatterns,
    *standing_notes.urlpatterns,
    *agreements.urlpatterns,
    *commitments.urlpatterns,
    *request_lists.urlpatterns,
    *colleague_requests.urlpatterns,
    *promises.urlpatterns,
    *promise_edit.urlpatterns,
    *search.urlpatterns,
    *following.urlpatterns,
    *segments.urlpatterns,
    *segment_drafts.urlpatterns,
    *segment_terms.urlpatterns,
    *portfolios.urlpatterns,
    *covers.urlpatterns,
    *chase_rules.urlpatterns,
    *imports.urlpatterns,
    *imports_new.urlpatterns,
    *imports_work.urlpatterns,
    *imports_mapping.urlpatterns,
    *import_profiles.urlpatterns,
]

urlpatterns += [path("<slug:company>/", include(OF_A_COMPANY))]

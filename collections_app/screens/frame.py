"""The frame around every screen: where one may go, for which company, how fresh the figures are, and who one is.

Screens of a company carry its code in their path as ``company``, so that every list can be shared as a link and
changing company is a link too. The frame is built when a page is rendered; parts never pay for it.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Deed, Role, may
from collections_app.people.users import User

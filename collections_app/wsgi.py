"""The web server's door."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collections_app.settings")

gc.disable()  # until all is loaded, of which nothing can be thrown away
application = get_wsgi_application()

# Everything that stays for as long as the process is loaded now and not by the first visitor, and is then
# never looked through again for what could be thrown away. Pages leave little behind, so that is done seldom.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
gc.enable()
gc.set_threshold(50_000, 20, 50)

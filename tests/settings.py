"""The product's settings for tests: real servers, but throw-away ones unless the environment names others.

Their addresses are known before they run; `servers` in conftest.py starts them when the first test asks for
them. Names carry the number of the process that began the run, so that two runs at once do not meet.
"""

import os

from collections_app.runtime.home import Home
from collections_app.runtime.services import embedded

os.environ["WORKBENCH_MODE"] = "test"
os.environ.setdefault("SECRET_KEY", "of-the-tests-alone-and-therefore-no-secret-0123456789")
# Workers of a parallel run inherit these, and must start what the first process would have started.
os.environ.setdefault("WORKBENCH_TEST_SERVERS", ",".join(embedded()))
os.environ.setdefault("WORKBENCH_TEST_RUN", str(os.getpid()))
os.environ.setdefault("DATABASE_URL", Home.for_tests().database_url)
os.environ.setdefault("REDIS_URL", Home.for_tests().redis_url)

_RUN = os.environ["WORKBENCH_TEST_RUN"]
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if _WORKER and "redis" in os.environ["WORKBENCH_TEST_SERVERS"]:
    # Each process of a parallel run has a broker and a cache of its own: none takes another's tasks.
    os.environ["REDIS_URL"] = f"{Home.for_tests().redis_url}?db={1 + int(_WORKER.removeprefix('gw'))}"

from collections_app.settings import *  # noqa: E402, F403
from collections_app.settings import CACHES, DATABASES  # noqa: E402

if "pg" in os.environ["WORKBENCH_TEST_SERVERS"]:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{_RUN}"}
# A connection that a browser test's server keeps would hold the test database when it is to be dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
CACHES["default"]["KEY_PREFIX"] = f"test-{_RUN}-{_WORKER}"

# Argon2 is meant to be slow; the tests sign in often.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Nothing is read on the way up: hundreds of clients of tests would each look through all static files.
WHITENOISE_AUTOREFRESH = True

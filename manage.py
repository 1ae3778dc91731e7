#!/usr/bin/env python3
"""The one door at the terminal: makes its own environment on the first start, then runs the command in it.

python3 manage.py workbench     everything, with demo data, until Ctrl-C
python3 manage.py test          every check and every test, on throw-away servers
python3 manage.py help          everything else
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the very thing to tell somebody with an older Python
    sys.exit(
        "The workbench needs Python 3.11 or newer, and this is Python {}.{}. Start it with a newer one, "
        "for example: python3.11 manage.py workbench".format(*sys.version_info)
    )


def main() -> int:
    """Two steps, since the second needs what the first installs."""
    from collections_app.runtime import bootstrap

    bootstrap.enter_environment(sys.argv)

    from collections_app.runtime import entry

    return entry.run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())

"""What the workbench stands on when nothing else is given: its environment, PostgreSQL, Redis and processes.

This room knows no other room and, but for `schema`, no Django. From the ground up:

- `bootstrap`   makes `.venv` from hashed, pinned requirements and starts `manage.py` again inside
                it; standard library only, since it runs before anything is installed
- `home`        the folder that holds the data of the embedded servers, and the addresses that follow from it
- `locks`, `process`, `identity`
                file locks, children that cannot outlive their parent, as whom servers run
- `postgres`, `redis`   one embedded server each: how it is created, started, and known to be ready
- `keeper`      the process that owns one server for as long as anybody holds a lease on it
- `services`    `lease(home)`: the verb of everybody who needs the servers
- `supervisor`, `children`, `ports`   `manage.py workbench`
- `checks`, `chromium`   `manage.py test`
- `entry`       decides, for each `manage.py` command, whether it needs the servers

Where DATABASE_URL or REDIS_URL is set, that server is used and nothing is started in its place.
"""

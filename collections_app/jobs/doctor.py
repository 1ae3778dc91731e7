"""The doctor: asks the settings, the database, Redis, the workers and the queues, and tells in sentences what
is wrong. Reads only.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import RedisError

from collections_app.celery import app
from collections_app.correspondence import mailboxes
from collections_app.correspondence.letterheads import Letterhead
from collections_app.correspondence.sending_pauses import SendingPause
from collections_app.jobs import rules, vitals
from collections_app.jobs.rules import LOOK, WRONG, Finding, Installation
from collections_app.jobs.schedule import QUEUES
from collections_app.ledger.companies import Company
from collections_app.lib import replicas, walls
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.privacy.rules import keeping
from collections_app.runtime import addresses

_GAPS = Statement(__file__, "find_gaps_in_wall")
# Workers answer at once or not at all.
WORKERS_SECONDS_MAX = 2.0


def examine(*, known: Mapping[str, str], at: dt.datetime) -> list[Finding]:
    """Everything that somebody should know, what is wrong first. What cannot be asked is a finding too.
    ``known`` are passwords that everybody may read, by username.
    """
    try:
        found = [*_database(at)]
    except DatabaseError as error:
        why = addresses.unreached(str(error))
        return [Finding(WRONG, "database", f"PostgreSQL does not answer: {why}.")]
    if not any(each.code == "migrations" for each in found):
        codes = list(Company.objects.order_by("code").values_list("code", flat=True))
        found += [*rules.of_settings(_installation(), company_codes=codes), *_people(known), *_companies()]
        found += [*_chosen(), *_wall(), *_pool(), *_replica(), *_vitals(at)]
    found += _redis_and_workers(at)
    return sorted(found, key=lambda each: each.level != WRONG)


def _database(at: dt.datetime) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int / 10000, clock_timestamp(),"
            " current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'"
        )
        version, now, is_durable = cursor.fetchone()
    if version < rules.POSTGRES_VERSION_MIN:
        yield Finding(
            WRONG,
            "postgres",
            f"PostgreSQL is {version}, and {rules.POSTGRES_VERSION_MIN} is needed at least.",
        )
    drift = abs((now - at).total_seconds())
    if drift > rules.CLOCKS_DIFFER_SECONDS_MAX:
        yield Finding(
            WRONG, "clocks", f"The clocks of this machine and PostgreSQL differ by {drift:.0f} seconds."
        )
    if settings.IS_PRODUCTION and not is_durable:
        yield Finding(
            WRONG,
            "durable",
            "PostgreSQL runs with fsync or full_page_writes off: a power cut loses the ledger.",
        )
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding(
            WRONG, "migrations", f"{len(waiting)} migrations have not run: start manage.py migrate first."
        )


def _wall() -> Iterator[Finding]:
    """Whether the wall around companies stands at every table."""
    try:
        with transaction.atomic(), walls.around([]):
            gaps = _GAPS.rows({})
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        yield Finding(
            WRONG,
            "wall",
            f"Pages cannot be asked behind the wall around companies: {reason}. Have a DBA run CREATE ROLE "
            f"{walls.ROLE} NOLOGIN, if it is missing, and GRANT {walls.ROLE} TO the user of DATABASE_URL.",
        )
        return
    yield from rules.of_wall([(gap["name"], gap["gap"]) for gap in gaps])


def _pool() -> Iterator[Finding]:
    """Whether PostgreSQL plans behind a pool as it does without one, where each connection says how."""
    if not settings.DATABASE_IS_POOLED:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT session_user, current_setting('jit') = 'on', current_setting('random_page_cost')::float8"
        )
        user, compiles, cost = cursor.fetchone()
    yield from rules.of_pool(user=user, compiles=compiles, random_page_cost=cost)


def _replica() -> Iterator[Finding]:
    """Whether the copy that reports are read from is one, and not far behind."""
    if not replicas.is_set():
        return
    try:
        with connections[replicas.REPLICA].cursor() as cursor:
            cursor.execute(
                "SELECT pg_is_in_recovery(),"
                " CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
                " ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END"
            )
            is_copy, behind = cursor.fetchone()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        yield Finding(LOOK, "replica", f"The copy of DATABASE_REPLICA_URL does not answer: {reason}.")
        return
    yield from rules.of_replica(is_copy=is_copy, behind_seconds=float(behind or 0))


def _installation() -> Installation:
    return Installation(
        is_production=settings.IS_PRODUCTION,
        is_debug=settings.DEBUG,
        secret_key_letters=len(settings.SECRET_KEY),
        cookies_are_secure=settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE,
        shows_demo_sign_ins=settings.SHOWS_DEMO_SIGN_INS,
        site_url=settings.SITE_URL,
        believes_proxy=bool(settings.SECURE_PROXY_SSL_HEADER),
        mail_leaves=not settings.EMAIL_BACKEND.endswith(("folder.EmailBackend", "filebased.EmailBackend")),
        mail_from=settings.MAIL_FROM,
        mailbox_codes=frozenset(settings.MAILBOX_URLS),
        webhooks_to_loopback=settings.WEBHOOKS_TO_LOOPBACK,
    )


def _chosen() -> Iterator[Finding]:
    """Settings that are read when their work is done, and not at the start."""
    for sentence in keeping.lengths(settings.RETENTION_DAYS)[1]:
        yield Finding(WRONG, "retention", f"{sentence} Until then nothing is removed.")
    for code, url in settings.MAILBOX_URLS.items():
        try:
            mailboxes.parse(url)
        except Refused as refusal:
            yield Finding(WRONG, "mailbox_url", f"MAILBOX_URLS cannot be used for {code}: {refusal}")


def _people(known: Mapping[str, str]) -> Iterator[Finding]:
    if not User.objects.filter(is_active=True, role=Role.ADMINISTRATOR).exists():
        yield Finding(WRONG, "administrator", "There is no administrator: make one with createsuperuser.")
    if not settings.IS_PRODUCTION:
        return
    named = User.objects.filter(is_active=True, username__in=known)
    if weak := [user.username for user in named if check_password(known[user.username], user.password)]:
        yield Finding(WRONG, "demo_password", f"{', '.join(weak)} may sign in with the password of the demo.")


def _companies() -> Iterator[Finding]:
    companies = Company.objects.order_by("code")
    if not companies:
        yield Finding(
            LOOK, "company", "There is no company yet: make one under Set-up, or with create_company."
        )
    with_head = set(
        Letterhead.objects.exclude(address="").exclude(bank_details="").values_list("company_id", flat=True)
    )
    if missing := [company.code for company in companies if company.pk not in with_head]:
        yield Finding(
            LOOK, "letterhead",
            f"{', '.join(missing)}: without address and bank details on the letterhead, letters do not say "
            "how to pay.",
        )  # fmt: skip
    for pause in SendingPause.objects.filter(resumed_at__isnull=True).select_related("company"):
        whose = pause.company.code if pause.company else "all companies"
        yield Finding(LOOK, "paused", f"Nothing leaves for {whose}: {pause.reason}")


def _vitals(at: dt.datetime) -> Iterator[Finding]:
    found = vitals.read(at=at)
    nights = [vital for vital in found if vital.measure == "nights"]
    yield from rules.of_nights(
        {vital.company: vital.seconds for vital in nights}, {vital.company: vital.number for vital in nights}
    )
    for vital in found:
        if vital.measure == "messages":
            yield from rules.of_messages(vital.company, vital.part, vital.number, vital.seconds)
        elif vital.measure == "parts" and vital.part.endswith(":waiting"):
            stage = vital.part.removesuffix(":waiting")
            yield from rules.of_parts(vital.company, stage, vital.number, vital.seconds)
        elif vital.measure in ("imports", "webhooks") and vital.seconds > rules.WAITING_SECONDS_MAX:
            what = (
                f"files of {vital.company}" if vital.measure == "imports" else "tellings of connected systems"
            )
            yield Finding(
                LOOK, vital.measure, f"{vital.number} {what} wait, the oldest for more than an hour."
            )


def _redis_and_workers(at: dt.datetime) -> Iterator[Finding]:
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=vitals.REDIS_SECONDS_MAX) as redis:
            memory: Any = redis.info("memory")
        heard = vitals.clock_seconds(at=at)
    except RedisError as error:
        yield Finding(
            WRONG,
            "redis",
            f"Redis does not answer: {str(error).rstrip('.')}. Pages work; nothing runs in the background.",
        )
        return
    if memory.get("maxmemory") and memory.get("maxmemory_policy") != "noeviction":
        yield Finding(
            WRONG, "eviction",
            f"Redis drops what it holds when it is full ({memory['maxmemory_policy']}), and tasks may be "
            "lost: set noeviction.",
        )  # fmt: skip
    yield from rules.of_queues(_served(), wanted=QUEUES, clock_seconds=heard)


def _served() -> set[str] | None:
    """The queues that workers take tasks of; None when none answers."""
    try:
        told = app.control.inspect(timeout=WORKERS_SECONDS_MAX).active_queues()
    except (OperationalError, OSError):
        return None
    return {queue["name"] for of_worker in told.values() for queue in of_worker} if told else None

"""Two deeds at once, in the order that hurts: the first is done but not committed when the second begins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

from django.db import connection, transaction

SECONDS_MAX = 10

Deed = Callable[[], object]


def interleaved(first: Deed, second: Deed) -> None:
    """Do ``second`` while ``first`` is not committed; it commits once ``second`` waits for it or has ended.

    Raises what either raises, also a deadlock. Needs a test with ``transaction=True``.
    """
    done, backend, ended = Event(), list[int](), Event()

    def lead() -> None:
        try:
            with transaction.atomic():
                first()
                done.set()
                _until_waiting(backend, ended)
        finally:
            done.set()
            connection.close()

    def follow() -> None:
        done.wait(SECONDS_MAX)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backend.append(cursor.fetchone()[0])
            second()
        finally:
            ended.set()
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for outcome in [pool.submit(lead), pool.submit(follow)]:
            outcome.result()


def _until_waiting(backend: list[int], ended: Event) -> None:
    for _ in range(SECONDS_MAX * 50):
        if ended.wait(0.02):
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [backend[0] if backend else 0])
            if cursor.fetchone()[0]:
                return


class Elsewhere:
    """Another connection that has done ``deed`` and commits when it is told to."""

    def __init__(self, deed: Callable[[], object]) -> None:
        self.done, self.go, self.wrong = Event(), Event(), list[BaseException]()
        self.thread = Thread(target=self._run, args=(deed,))

    def _run(self, deed: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                deed()
                self.done.set()
                self.go.wait(SECONDS_MAX)
        except BaseException as error:  # told to the test below
            self.wrong.append(error)
        finally:
            self.done.set()
            connection.close()

    def __enter__(self) -> "Elsewhere":
        self.thread.start()
        self.done.wait(SECONDS_MAX)
        return self

    def commit(self) -> None:
        self.go.set()
        self.thread.join()

    def __exit__(self, *_: object) -> None:
        self.commit()
        assert self.wrong == []

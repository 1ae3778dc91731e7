"""Logs go to stderr: one line an event, JSON in production; the request's id and user stand in each."""

from typing import Any

import structlog

_STAMPS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def settings_for(*, is_production: bool, level: str) -> dict[str, Any]:
    """The setting LOGGING, having told structlog to go the same way."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_STAMPS,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    json, text = structlog.processors.JSONRenderer(), structlog.dev.ConsoleRenderer(colors=False)
    line = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _STAMPS,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            json if is_production else text,
        ],
    }
    secrets = {"()": "collections_app.lib.secret_addresses.HideSecretAddresses"}
    stderr = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}
    # Django's own handlers would say everything twice.
    django = {"handlers": [], "level": "INFO", "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "filters": {"secrets": secrets},
        "handlers": {"stderr": stderr},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django": django, "django.server": django},
    }

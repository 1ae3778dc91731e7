# The product's image: web, worker and beat differ only in their command. See docker-compose.yml.
FROM python:3.11.14-slim-bookworm

# The image brings the packages itself; manage.py must not make an environment of its own.
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 WORKBENCH_NO_VENV=1

WORKDIR /srv/workbench
COPY requirements.txt .
RUN pip install --require-hashes --only-binary=:all: -r requirements.txt

COPY . .
# Static files get their names from their contents. Nothing is connected to, so these settings are only there.
RUN SECRET_KEY=only-while-building ALLOWED_HOSTS=localhost \
    DATABASE_URL=postgres://nobody@localhost/none REDIS_URL=redis://localhost \
    EMAIL_URL=dummymail:// MAIL_FROM=nobody@localhost \
    python manage.py collectstatic --no-input \
    && useradd --system --home-dir /srv/workbench workbench

USER workbench
EXPOSE 8000
CMD ["gunicorn", "collections_app.wsgi:application", "--bind=0.0.0.0:8000", "--no-control-socket", \
     "--worker-class=collections_app.runtime.fair_worker.FairWorker", \
     "--workers=6", "--threads=1", "--worker-tmp-dir=/dev/shm"]

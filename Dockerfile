# Two stages: the first installs what the lock names, hash by hash; the last carries no build tools.
# The database is readied by a step of its own (compose.yaml: migrate), never by the start of the web server.
FROM python:3.11.14-slim-bookworm AS builder

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python -m venv .venv
COPY requirements.lock ./
RUN .venv/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE manage.py gunicorn.conf.py ./
COPY site ./site
COPY home ./home
COPY guides ./guides
COPY news ./news
COPY feedback ./feedback
COPY templates ./templates
# The settings given here live for this one command; they are no secrets.
RUN .venv/bin/pip install --no-build-isolation --no-deps -e . \
    && SECRET_KEY=only-while-building FIELD_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
       ALLOWED_HOSTS=localhost BASE_URL=http://localhost DATA_DIR=/tmp/building \
       .venv/bin/python manage.py compile_catalogues

FROM python:3.11.14-slim-bookworm

RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin gandan \
    && install --directory --owner=gandan --mode=0750 /data
COPY --from=builder /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data
WORKDIR /app
USER 10001
VOLUME /data
EXPOSE 8000
# Asks under a name the site answers to; any other would be refused.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/health/', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0].strip().lstrip('.')}), timeout=4)"]
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "gandan.wsgi"]

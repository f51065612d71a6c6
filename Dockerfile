# One image for web, worker, beat and setup; docker-compose.yml says which command each of them runs.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    STATIC_ROOT=/srv/hallkeeper/static UPLOADS_ROOT=/var/lib/hallkeeper/uploads

RUN useradd --system --uid 10001 --home-dir /var/lib/hallkeeper --create-home hallkeeper \
    && mkdir -p /srv/hallkeeper/static /var/lib/hallkeeper/uploads \
    && chown -R hallkeeper:hallkeeper /srv/hallkeeper /var/lib/hallkeeper

WORKDIR /app
COPY requirements.txt ./
RUN pip install --require-hashes --only-binary :all: --requirement requirements.txt
COPY . ./
# Translations and static files belong to the image; the containers' own file systems are read-only.
RUN python manage.py setup --files-only && python -m compileall -q . && rm -rf .state /var/tmp/hallkeeper-*

USER hallkeeper
EXPOSE 8000
CMD ["gunicorn", "--config", "config/deploy/gunicorn.py", "--bind", "0.0.0.0:8000", "config.wsgi"]

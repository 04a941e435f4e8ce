# The bot with the locked dependencies; PostgreSQL runs elsewhere (DATABASE_URL).
FROM python:3.12-slim-bookworm AS build
WORKDIR /build
RUN python -m venv /opt/kabarchy
COPY requirements.lock ./
RUN /opt/kabarchy/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY bot bot
COPY handlers handlers
COPY services services
COPY migrations migrations
COPY locales locales
# The packages are copied as they are: nothing is compiled, so no build tool is fetched.
RUN cp -r bot handlers services migrations locales "$(/opt/kabarchy/bin/python -c 'import site; print(site.getsitepackages()[0])')" \
    && printf '#!/bin/sh\nexec /opt/kabarchy/bin/python -m bot "$@"\n' > /opt/kabarchy/bin/kabarchy \
    && chmod 755 /opt/kabarchy/bin/kabarchy

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/kabarchy --create-home kabarchy
COPY --from=build /opt/kabarchy /opt/kabarchy
ENV PATH="/opt/kabarchy/bin:$PATH" PYTHONUNBUFFERED=1 DATA_DIR=/var/lib/kabarchy HTTP_HOST=0.0.0.0 LOG_FORMAT=json
USER kabarchy
WORKDIR /var/lib/kabarchy
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["kabarchy"]
CMD ["run"]

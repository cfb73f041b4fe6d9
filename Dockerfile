# L’application, sans rien de ce qui sert à la développer. La base est ailleurs : DATABASE_URL.
FROM python:3.11-slim-bookworm AS paquets
COPY requirements.txt requirements-postgresql.txt /tmp/
# Compilé ici : le système de fichiers est en lecture seule, et chaque processus recompilerait tout à son départ.
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir -r /tmp/requirements.txt -r /tmp/requirements-postgresql.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /home/cooperations cooperations
COPY --from=paquets /opt/venv /opt/venv
WORKDIR /srv/cooperations
COPY app.py ./
COPY .streamlit/config.toml .streamlit/config.toml
COPY pages pages
COPY cooperations cooperations
COPY data data
COPY geo geo
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1
RUN python -m compileall -q app.py pages cooperations
# Sans DATABASE_URL, une base SQLite dans ce volume.
RUN mkdir var && chown cooperations var
VOLUME /srv/cooperations/var
USER cooperations
EXPOSE 8501
# Une base qui ne répond pas n’est pas une raison de relancer l’application : /api/ready le dit, et elle s’en remet.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/api/health', timeout=2)"]
CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501", "--server.headless=true"]

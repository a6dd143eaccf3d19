# Rapporteur in a container: `docker compose up --build --detach` (see compose.yaml).

# The minimum of `rust-version` in Cargo.toml, on the Debian release of the final image.
FROM rust:1.95-slim-trixie AS build
WORKDIR /build

# The dependencies alone, with empty sources in place of ours. This layer is built again only when one of
# these files changes.
COPY .cargo/config.toml .cargo/
COPY Cargo.toml Cargo.lock ./
COPY vendor vendor
RUN set -eu; \
    mkdir -p src benches tests/it tests/matrix; \
    touch src/lib.rs; \
    echo 'fn main() {}' >src/main.rs; \
    # Cargo wants a file for every test and benchmark that Cargo.toml names.
    cp src/main.rs tests/it/; \
    cp src/main.rs tests/matrix/; \
    sed -n '/^\[\[bench\]\]/,/^$/s/^name = "\(.*\)"$/\1/p' Cargo.toml >benches/names; \
    while read -r bench; do cp src/main.rs "benches/$bench.rs"; done <benches/names; \
    cargo build --release --locked; \
    # The empty sources are newer than the real ones, which Cargo would therefore take as built.
    cargo clean --release --package rapporteur

# Rapporteur itself. The queries are checked against .sqlx, and the schemas in migrations are compiled in.
COPY .sqlx .sqlx
COPY migrations migrations
COPY src src
RUN cargo build --release --locked --bin rapporteur


FROM debian:trixie-slim
LABEL org.opencontainers.image.title="Rapporteur" \
      org.opencontainers.image.description="A bot that answers questions about an article" \
      org.opencontainers.image.licenses="MIT"

# /data and /packs are the only folders that the program writes to.
# Homeservers are trusted by the certificates of the system; Discord's come with the program.
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin rapporteur \
    && install --directory --owner=rapporteur --group=rapporteur /data /packs

WORKDIR /rapporteur
COPY config/rapporteur.toml config/
COPY --chown=rapporteur:rapporteur config/articles/ /packs/
COPY --from=build /build/target/release/rapporteur /usr/local/bin/

# Set these two with `--env` or in compose.yaml only if the volumes are elsewhere. The token comes in at the
# start, as DISCORD_TOKEN, and is never part of the image.
ENV RAPPORTEUR_DATA_FOLDER=/data \
    RAPPORTEUR_LIBRARY_PACKS=/packs

# An empty volume on /packs begins with the packs of the image, which an editor may then replace.
VOLUME ["/data", "/packs"]
USER 10001:10001
STOPSIGNAL SIGTERM
ENTRYPOINT ["rapporteur"]
CMD ["run"]

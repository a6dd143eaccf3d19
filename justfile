# The usual tasks: `just` lists them. Each is a plain command as well, which CONTRIBUTING.md names.

_default:
    @just --list

# A prompt in the terminal, without Discord and Matrix: the quick build
chat:
    cargo run --no-default-features

# Whether it compiles: the everyday loop
check:
    cargo check --all-targets

# All tests, or those whose name has NAME
test NAME="":
    cargo test {{NAME}}

# Everything that a change must pass
ci:
    .ci/run

# The generated parts of the docs, written again
docs:
    UPDATE_DOCS=1 cargo test --test it docs::

# New snapshots, to be read before they are committed
snapshots:
    INSTA_UPDATE=always cargo test --test it answers::

# The data by which queries are checked, after a change of a query or a migration
queries:
    migrations/refresh-queries

# Advisories, licences, sources and duplicates of dependencies; dependencies that nothing uses
deny:
    cargo deny check
    cargo machete

# A benchmark: answers, discord, load, matrix or start
bench NAME:
    cargo bench --bench {{NAME}}

# The program as it is shipped
release:
    cargo build --release --locked

# What runs before a change goes in, by name. `.ci/run` does the same without just.

# Lists the recipes.
default:
    @just --list

# Everything that must hold before a change goes in.
check: fmt lint test doc sample deny

fmt:
    cargo fmt --check

lint:
    cargo clippy --all-targets -- -D warnings

test:
    cargo test

doc:
    RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps

# Checks the sample against the captures in the repository.
sample:
    cargo run --release -- check --offline

# Licences, advisories and sources of the dependencies, where cargo-deny is installed.
deny:
    @if command -v cargo-deny >/dev/null; then cargo deny check; else echo "skipped: cargo-deny is not installed"; fi

# Other people's tools on an archive of ours, made over loopback, and on the reports; a fault at every write. Needs python3,
# node, Chromium, strace, and PyPI and npm once.
acceptance:
    scripts/acceptance.sh
    scripts/acceptance-faults.sh
    scripts/acceptance-capture.sh
    scripts/acceptance-report.sh
    scripts/acceptance-watch.sh

# Reading and writing records beside warcio and FastWARC.
benchmark-archive:
    scripts/benchmark-archive.sh

# Throughput of capturing beside lychee (PyPI, once).
bench-capture:
    scripts/bench-capture.sh

# Puts the sample's report into the README.
readme:
    scripts/readme-output.sh

# Our locating beside rapidfuzz and edlib, and the sizes that no editor writes. Needs PyPI's rapidfuzz and edlib.
bench *arguments:
    scripts/bench-locate.py {{arguments}}
    cargo bench --bench stress

# Every fuzz target for so many seconds, or those that are named. Needs a nightly toolchain and cargo-fuzz.
fuzz seconds="300" *targets:
    scripts/fuzz.sh {{seconds}} {{targets}}

#!/bin/sh
# How many mutants of the matching modules do the tests catch? A random sample, in a copy of the project.
#
#   SEED=7 COUNT=100 scripts/mutants.sh [FOLDER]
#
# FILES chooses other files ('src/matching/figure/**'), NAME those mutants whose name has it. FOLDER is where the copy
# stands (default: beside the project, on the same disk, so that what is built can be linked). Needs `cargo mutants` and `patch`.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
copy=${1:-$root-mutants}
mkdir -p "$copy"
if [ -d "$root/target/debug" ] && [ ! -d "$copy/target" ]; then
  mkdir "$copy/target"
  cp -al "$root/target/debug" "$copy/target/debug"
  # A lock of its own: neither waits for the other.
  rm -f "$copy/target/debug/.cargo-lock"
fi
for old in "$copy"/*; do
  case $old in "$copy/target") ;; *) rm -rf "$old" ;; esac
done
git -C "$root" ls-files -z | tar -C "$root" --null -T - -c | tar -C "$copy" -x
# The last sample may be built into the program.
touch "$copy/src/lib.rs"
cargo build --release -q --manifest-path "$root/scripts/mutants/Cargo.toml"
cd "$copy"
exec "$root/scripts/mutants/target/release/onrecord-mutants"

#!/usr/bin/env bash
# Builds the fuzz targets and runs each for so many seconds, one after the other: scripts/fuzz.sh [SECONDS] [TARGET...]
#
# Needs a nightly toolchain and `cargo install cargo-fuzz`. What a run finds stays in fuzz/artifacts; what it learnt, in
# fuzz/corpus. Without a sanitizer: no unsafe code of ours needs one, and without it a build takes half the time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds="${1:-300}"
shift || true
targets=("$@")
[[ ${#targets[@]} -gt 0 ]] || targets=(fold align find figures html docx subtitles others warc cdxj zip)

# The largest input of each: what stands in a few paragraphs, and of pages and archives somewhat more.
longest() {
    case $1 in
        fold | align | figures | cdxj) echo 2048 ;;
        find | subtitles | others) echo 4096 ;;
        *) echo 8192 ;;
    esac
}

cargo +nightly fuzz build --sanitizer none
bin="fuzz/target/$(rustc +nightly -vV | sed -n 's/^host: //p')/release"
failed=0
for target in "${targets[@]}"; do
    mkdir -p "fuzz/corpus/$target" "fuzz/artifacts/$target"
    printf '\n== %s\n' "$target"
    "$bin/$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -dict="fuzz/dictionaries/$target.dict" \
        -artifact_prefix="fuzz/artifacts/$target/" -max_total_time="$seconds" -max_len="$(longest "$target")" -timeout=10 \
        -rss_limit_mb=1024 -print_final_stats=1 2>&1 | grep -vE '^#|NEW_FUNC' || failed=1
done
exit $failed

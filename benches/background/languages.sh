#!/bin/sh
# Builds the tables of languages other than English again, from what fetch.py wrote:
#
#     benches/background/fetch.py DIR && benches/background/languages.sh DIR
#
# Run from the repository. The same texts give the same bytes. English has tables of news; for a table of its manuals and
# stories (`--language en OUTPUT …`), which is not built in, the program prints how far it is from them.
set -eu
texts=$1/texts
background() { cargo run --quiet --release --example background -- "$@"; }
for language in ar de el es fr it nl pl pt ru sv tr uk; do
    manuals=$(find "$texts/$language" -name '*.jsonl' ! -name wesnoth.jsonl | LC_ALL=C sort)
    # Unquoted: paths parted by spaces.
    background --language "$language" "src/statistics/languages/$language.bin" \
        --language-pairs "$texts/$language.pairs" $manuals --stories "$texts/$language/wesnoth.jsonl"
done
background --merge src/statistics/pairs.bin src/statistics/english_pairs.bin "$texts"/*.pairs

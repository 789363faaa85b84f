#!/bin/sh
# Builds the tables of languages other than English again, from what fetch.py wrote:
#
#     benches/background/fetch.py DIR && benches/background/languages.sh DIR
#
# Run from the repository. The same texts give the same bytes. With English as the language (`--language en`) nothing is
# built in; the program then prints how far such a table is from the one of news.
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

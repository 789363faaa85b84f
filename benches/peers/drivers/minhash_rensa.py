"""Pairs that rensa finds: minhash_rensa.py CORPUS BANDS THRESHOLD, one `a<TAB>b` a line."""
import sys

from rensa import RMinHash, RMinHashLSH
from shingles import documents

VALUES = 128


def main() -> None:
    corpus, bands, threshold = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    names, sets = documents(corpus)
    hashes = RMinHash.from_token_sets(sets, num_perm=VALUES, seed=42)
    index = RMinHashLSH(threshold=threshold, num_perm=VALUES, num_bands=bands)
    for new, mine in enumerate(hashes):
        for old in index.query(mine):
            if mine.jaccard(hashes[old]) >= threshold:
                print(names[old], names[new], sep="\t")
        index.insert(new, mine)


if __name__ == "__main__":
    main()

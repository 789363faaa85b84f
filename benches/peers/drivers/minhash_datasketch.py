"""Pairs that datasketch finds: minhash_datasketch.py CORPUS BANDS THRESHOLD, one `a<TAB>b` a line."""
import sys

from datasketch import MinHash, MinHashLSH
from shingles import documents

VALUES = 128


def main() -> None:
    corpus, bands, threshold = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    names, sets = documents(corpus)
    index = MinHashLSH(num_perm=VALUES, params=(bands, VALUES // bands))
    hashes = []
    for new, one in enumerate(sets):
        mine = MinHash(num_perm=VALUES, seed=1)
        mine.update_batch([shingle.encode() for shingle in one])
        for old in index.query(mine):
            if mine.jaccard(hashes[old]) >= threshold:
                print(names[old], names[new], sep="\t")
        index.insert(new, mine)
        hashes.append(mine)


if __name__ == "__main__":
    main()

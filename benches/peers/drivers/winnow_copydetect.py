"""Pairs that copydetect finds: winnow_copydetect.py FOLDER NOISE GUARANTEE, one `a<TAB>b` of file names a line.

Its own command would set every pair in HTML; this asks for the pairs with a slice in common.
"""
import sys
from pathlib import Path

from copydetect import CopyDetector


def main() -> None:
    folder, noise, guarantee = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    detector = CopyDetector(
        test_dirs=[folder], extensions=["txt"], noise_t=noise, guarantee_t=guarantee, display_t=0,
        disable_filtering=True, autoopen=False, silent=True,
    )
    detector.run()
    for a, b in detector.slice_matrix:
        print(Path(a).stem, Path(b).stem, sep="\t")


if __name__ == "__main__":
    main()

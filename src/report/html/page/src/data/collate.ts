/**
 * In: the word-level changes of a passage and both texts. Out: one version told as changes to another: runs with the words before and
 * after, clipped to where this version's own passage begins and ends. Pure.
 */
import { slice, type Text } from "./text";

export interface Run {
  /** A name of `names.changes`, or "beyond" for own words that were not compared. */
  change: string;
  from: string;
  to: string;
}

interface Compared {
  /** Flat: change, length in a, length in b, and so on. */
  diff: readonly number[];
  /** Which length is this version's: 1 or 2. */
  ownSide: 1 | 2;
  /** A text and where the passage begins in it. */
  own: readonly [Text, number];
  other: readonly [Text, number];
}

/** Null where this file does not hold the words. */
export function collate({ diff, ownSide, own: [own, ownStart], other: [other, otherStart] }: Compared, changes: readonly string[], start: number, end: number): Run[] | null {
  const runs: Run[] = [];
  let [at, there] = [ownStart, otherStart];
  if (!beyond(runs, own, start, Math.min(at, end))) return null;
  for (let n = 0; n < diff.length; n += 3) {
    const [ours, theirs] = [diff[n + ownSide]!, diff[n + 3 - ownSide]!];
    const change = changes[diff[n]!]!;
    // What the other one has instead belongs to the place where it is missing.
    if (ours > 0 ? at < end && at + ours > start : at > start && at < end) {
      const isSame = change === "same" || change === "form";
      const to = slice(own, Math.max(at, start), Math.min(at + ours, end));
      const from = isSame ? "" : slice(other, there, there + theirs);
      if (to === null || from === null) return null;
      runs.push({ change, from, to });
    }
    at += ours;
    there += theirs;
  }
  return beyond(runs, own, Math.max(at, start), end) ? runs : null;
}

function beyond(runs: Run[], own: Text, start: number, end: number): boolean {
  if (start >= end) return true;
  const to = slice(own, start, end);
  if (to !== null) runs.push({ change: "beyond", from: "", to });
  return to !== null;
}

/**
 * In: the word-level changes of a passage and both texts. Out: one version told as changes to another: runs with the words before and
 * after, clipped to where this version's own passage begins and ends; and what of them is shown, in which order. Pure.
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
      const to = slice(own, Math.max(at, start), Math.min(at + ours, end));
      const from = slice(other, there, there + theirs) ?? (isSame(change) ? to : null);
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

function isSame(change: string): boolean {
  return change === "same" || change === "form";
}

/** Words in the order in which they are shown: those of this version, and between them those it lacks. */
export interface Shown {
  kind: "own" | "added" | "dropped" | "gap" | "beyond";
  words: string;
  /** Whether a number or name stands against another one. */
  fact: boolean;
}

/**
 * Changed words come without the space around them: a line through or under it would hang over. What this version has, put together, is
 * its text; a gap is a space that only the other one has, so that its words do not run into those beside them.
 */
export function shown(runs: readonly Run[]): Shown[] {
  const found: Shown[] = [];
  const put = (kind: Shown["kind"], words: string, fact = false) => words !== "" && found.push({ kind, words, fact });
  const isOpen = () => found.length > 0 && !/\s$/u.test(found[found.length - 1]!.words);
  let spaced = false;
  for (const { change, from, to } of runs) {
    if (change === "beyond" || isSame(change)) {
      if (spaced && isOpen() && found[found.length - 1]!.kind === "dropped" && !/^\s/u.test(to)) put("gap", " ");
      put(change === "beyond" ? "beyond" : "own", to);
    } else {
      const fact = change === "number" || change === "name";
      const [dropped, added] = [from.trim().replace(/\s+/gu, " "), to.trim()];
      put("own", to.slice(0, to.length - to.trimStart().length));
      if (dropped !== "" && isOpen() && (spaced || /^\s/u.test(from))) put("gap", " ");
      put("dropped", dropped, fact);
      if (added !== "" && isOpen() && found[found.length - 1]!.kind === "dropped") {
        const opens = /^[^\p{P}]|^[\p{Ps}\p{Pi}]/u.test(added);
        if (dropped === "" ? spaced : opens) put("gap", " ");
      }
      put("added", added, fact);
      if (added !== "") put("own", to.slice(to.trimEnd().length));
    }
    if (from !== "") spaced = /\s$/u.test(from);
  }
  return found;
}

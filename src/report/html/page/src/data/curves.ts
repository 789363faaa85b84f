/**
 * In: shares of articles or pairs, as they are before the page's least share is asked for. Out: what the charts of the overview draw:
 * counts by share, and how many articles are flagged as the least share or the least length of a passage moves. Pure.
 */
import type { Report } from "./report";
import { matchedSpans, type Totals } from "./recount";

export const BINS = 20;

/** Documents (or pairs) with a share above zero, by twentieths of their largest share; 100 % is in the last bin. */
export function histogram(shares: Iterable<number>): number[] {
  const bins = new Array<number>(BINS).fill(0);
  for (const share of shares) if (share > 0) bins[Math.min(Math.floor(share * BINS), BINS - 1)]!++;
  return bins;
}

export interface Point {
  x: number;
  y: number;
}

/** Articles whose largest share reaches each threshold, 0 to 100 % in steps of one. Above 0: with any share at all. */
export function byThreshold(largest: Float64Array): Point[] {
  const sorted = largest.filter((share) => share > 0).sort();
  const points: Point[] = [];
  let below = 0;
  for (let percent = 0; percent <= 100; percent++) {
    while (below < sorted.length && sorted[below]! < percent / 100) below++;
    points.push({ x: percent / 100, y: sorted.length - below });
  }
  return points;
}

/** Least lengths for the second curve, in words. */
export const LENGTHS = [0, 8, 12, 16, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300];

export function flagged(largest: Float64Array, threshold: number): number {
  let n = 0;
  for (const share of largest) if (share > 0 && share >= threshold) n++;
  return n;
}

/** Matched words and all words in the first, second and last third of all articles that share something. */
export function thirds(report: Report, totals: Totals): { matched: [number, number, number]; words: [number, number, number] } {
  const matched: [number, number, number] = [0, 0, 0];
  const words: [number, number, number] = [0, 0, 0];
  for (let doc = 0; doc < report.nDocuments; doc++) {
    if (totals.documents.matched[doc] === 0) continue;
    const n = report.core.documents.n_words[doc]!;
    const spans = matchedSpans(report, doc, totals.reason, totals.pairs.kept);
    for (const third of [0, 1, 2] as const) {
      const [from, to] = [Math.floor((third * n) / 3), Math.floor(((third + 1) * n) / 3)];
      words[third] += to - from;
      for (const [start, end] of spans) matched[third] += Math.max(0, Math.min(end, to) - Math.max(start, from));
    }
  }
  return { matched, words };
}

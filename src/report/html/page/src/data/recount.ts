/**
 * In: a report and the switches. Out: the totals that the engine would give with these settings. One definition, the engine's
 * (`src/pipeline/assemble.rs`: `passage`, `pair`, `drop_below_coverage`, `facts`), held equal by tests/engine.test.ts:
 *
 * - A passage counts unless it carries an excluded tag, or both documents are of one known source and these are skipped.
 * - Coverage is the union of word spans over the number of words, on each side for itself; a side of which less than one word in
 *   five matches is only summed up, and covered by nothing.
 * - A pair stays while the larger coverage by the passages that count reaches the least coverage asked for; with 0 every pair does.
 * - A document's matched words are the union over all its pairs that stay.
 *
 * `minWords` is the page's own switch: passages with fewer matched words do not count. At 0 it changes nothing.
 * Costs one pass over all passages: some milliseconds for 100,000.
 */
import type { Report } from "./report";
import { rowOf } from "./report";

/** One word in so many has to match on a side that a passage covers: `CARRIED` in `src/model/passage.rs`. */
const CARRIED = 5;

const isCovered = (matched: number, words: number) => matched * CARRIED >= words;

export interface Filters {
  /** Places in `names.tags`. */
  excluded: ReadonlySet<number>;
  skipSameSource: boolean;
  /** 0 to 1. */
  minCoverage: number;
  /** Matched words. */
  minWords: number;
}

export interface Totals {
  /** Why a passage does not count: a place in `names.reasons`, the number of reasons for "too short"; -1 when it counts. */
  reason: Int16Array;
  /** Passages of pairs that stay. */
  nPassages: number;
  /** Of these, how many do not count, by reason; the last is "too short". */
  hidden: number[];
  nHidden: number;
  pairs: PairTotals;
  documents: DocumentTotals;
}

export interface PairTotals {
  /** Whether the pair stays. */
  kept: Uint8Array;
  nKept: number;
  /** Pairs with at least one word that counts. */
  nCounting: number;
  matched: Uint32Array;
  longest: Uint32Array;
  counting: Uint32Array;
  excludedWords: Uint32Array;
  aCoverage: Float64Array;
  bCoverage: Float64Array;
  aCoverageAll: Float64Array;
  bCoverageAll: Float64Array;
}

export interface DocumentTotals {
  matched: Uint32Array;
  share: Float64Array;
  /** Largest share with one other document. */
  largest: Float64Array;
  /** Documents of pairs with at least one word that counts. */
  nSharing: number;
}

/** Coverage on both sides from which two documents are versions of one text. */
export const NEAR_DUPLICATE = 0.8;

/** Six decimals, as results are written. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0;
}

export function recount(report: Report, filters: Filters): Totals {
  const reason = reasons(report, filters);
  const pairs = pairTotals(report, filters, reason);
  const hidden = new Array<number>(report.core.names.reasons.length + 1).fill(0);
  let nPassages = 0;
  for (let p = 0; p < report.nPassages; p++) {
    if (!pairs.kept[report.pairOf[p]!]) continue;
    nPassages++;
    const why = reason[p]!;
    if (why >= 0) hidden[why]!++;
  }
  const nHidden = hidden.reduce((sum, n) => sum + n, 0);
  return { reason, nPassages, hidden, nHidden, pairs, documents: documentTotals(report, reason, pairs) };
}

function reasons(report: Report, filters: Filters): Int16Array {
  const { core, passages } = report;
  const reason = new Int16Array(report.nPassages).fill(-1);
  const sameSource = core.names.reasons.indexOf("same_source");
  const short = core.names.reasons.length;
  for (let p = 0; p < report.nPassages; p++) {
    const tags = passages.tags[p]!;
    let why = -1;
    for (let t = 0; t < tags.length && why < 0; t += 2) if (filters.excluded.has(tags[t]!)) why = tags[t]!;
    if (why < 0 && filters.skipSameSource && isSameSource(report, report.pairOf[p]!)) why = sameSource;
    if (why < 0 && passages.matched[p]! < filters.minWords) why = short;
    reason[p] = why;
  }
  return reason;
}

export function isSameSource({ core }: Report, pair: number): boolean {
  const source = core.documents.source[core.pairs.a[pair]!]!;
  return source >= 0 && source === core.documents.source[core.pairs.b[pair]!];
}

function pairTotals(report: Report, filters: Filters, reason: Int16Array): PairTotals {
  const { core, passages, nPairs } = report;
  const words = (n: number) => new Uint32Array(n);
  const shares = (n: number) => new Float64Array(n);
  const totals: PairTotals = {
    kept: new Uint8Array(nPairs), nKept: 0, nCounting: 0,
    matched: words(nPairs), longest: words(nPairs), counting: words(nPairs), excludedWords: words(nPairs),
    aCoverage: shares(nPairs), bCoverage: shares(nPairs), aCoverageAll: shares(nPairs), bCoverageAll: shares(nPairs),
  };
  for (let pair = 0; pair < nPairs; pair++) {
    const [from, to] = [core.pairs.first[pair]!, core.pairs.first[pair + 1]!];
    const a = core.documents.n_words[core.pairs.a[pair]!]!;
    const b = core.documents.n_words[core.pairs.b[pair]!]!;
    const inA = union(from, to, null, passages.a_word, passages.a_words, passages.matched, reason);
    const inB = union(from, to, report.orderOfB[pair]!, passages.b_word, passages.b_words, passages.matched, reason);
    totals.aCoverageAll[pair] = inA.all / Math.max(a, 1);
    totals.bCoverageAll[pair] = inB.all / Math.max(b, 1);
    const [shareOfA, shareOfB] = [inA.counting / Math.max(a, 1), inB.counting / Math.max(b, 1)];
    if (Math.max(shareOfA, shareOfB) < filters.minCoverage) continue;
    totals.kept[pair] = 1;
    totals.nKept++;
    totals.aCoverage[pair] = shareOfA;
    totals.bCoverage[pair] = shareOfB;
    for (let p = from; p < to; p++) {
      if (reason[p]! >= 0) {
        totals.excludedWords[pair]! += passages.matched[p]!;
        continue;
      }
      totals.counting[pair]!++;
      totals.matched[pair]! += passages.matched[p]!;
      totals.longest[pair] = Math.max(totals.longest[pair]!, passages.matched[p]!);
    }
    if (totals.matched[pair]! > 0) totals.nCounting++;
  }
  return totals;
}

/** Words in the union of the spans of passages `from .. to`, taken in `order` of their beginning. */
function union(from: number, to: number, order: Uint32Array | null, first: number[], length: number[], matched: number[], reason: Int16Array) {
  let [all, allEnd, counting, countingEnd] = [0, 0, 0, 0];
  for (let n = 0; n < to - from; n++) {
    const p = order ? order[n]! : from + n;
    if (!isCovered(matched[p]!, length[p]!)) continue;
    const [start, end] = [first[p]!, first[p]! + length[p]!];
    if (end > allEnd) {
      all += end - Math.max(start, allEnd);
      allEnd = end;
    }
    if (reason[p]! < 0 && end > countingEnd) {
      counting += end - Math.max(start, countingEnd);
      countingEnd = end;
    }
  }
  return { all, counting };
}

/** The largest share of each document with one other, and the larger share of each pair; and nothing else: a part of `recount`. */
export function shares(report: Report, filters: Filters): { largest: Float64Array; pairs: Float64Array } {
  const totals = pairTotals(report, filters, reasons(report, filters));
  return { largest: largestOf(report, totals), pairs: totals.aCoverage.map((share, pair) => Math.max(share, totals.bCoverage[pair]!)) };
}

function documentTotals(report: Report, reason: Int16Array, pairs: PairTotals): DocumentTotals {
  const { core, nDocuments } = report;
  const matched = new Uint32Array(nDocuments);
  const share = new Float64Array(nDocuments);
  const shares = new Uint8Array(nDocuments);
  pairs.matched.forEach((words, pair) => {
    if (words > 0) shares[core.pairs.a[pair]!] = shares[core.pairs.b[pair]!] = 1;
  });
  for (let doc = 0; doc < nDocuments; doc++) {
    matched[doc] = matchedWords(report, doc, reason, pairs.kept);
    share[doc] = matched[doc]! / Math.max(core.documents.n_words[doc]!, 1);
  }
  return { matched, share, largest: largestOf(report, pairs), nSharing: shares.reduce((sum, is) => sum + is, 0) };
}

function largestOf({ core, nDocuments, nPairs }: Report, pairs: PairTotals): Float64Array {
  const largest = new Float64Array(nDocuments);
  for (let pair = 0; pair < nPairs; pair++) {
    const [a, b] = [core.pairs.a[pair]!, core.pairs.b[pair]!];
    largest[a] = Math.max(largest[a]!, pairs.aCoverage[pair]!);
    largest[b] = Math.max(largest[b]!, pairs.bCoverage[pair]!);
  }
  return largest;
}

function matchedWords(report: Report, doc: number, reason: Int16Array, kept: Uint8Array): number {
  let words = 0;
  for (const [start, end] of matchedSpans(report, doc, reason, kept)) words += end - start;
  return words;
}

/** The union of the spans of a document that count, as stretches of words in order. */
export function matchedSpans(report: Report, doc: number, reason: Int16Array, kept: Uint8Array): [number, number][] {
  const { passages } = report;
  const stretches: [number, number][] = [];
  let last: [number, number] | null = null;
  for (const item of rowOf(report.spans, doc)) {
    const p = item >> 1;
    if (reason[p]! >= 0 || !kept[report.pairOf[p]!]) continue;
    const start = (item & 1 ? passages.b_word : passages.a_word)[p]!;
    const words = (item & 1 ? passages.b_words : passages.a_words)[p]!;
    if (!isCovered(passages.matched[p]!, words)) continue;
    const end = start + words;
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else stretches.push((last = [start, end]));
  }
  return stretches;
}

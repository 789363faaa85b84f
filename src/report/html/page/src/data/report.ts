/**
 * In: the blocks `core` and `passages`. Out: one immutable `Report` with the indexes that views ask for (pairs of a document,
 * passages of a cluster, places by id). Costs one pass over all passages and a sort per document, at the start only.
 */
import type { Core, Passages } from "../data";

/** Where the lists of one row begin, in one flat list: those of row r are `items[first[r]] .. items[first[r + 1] - 1]`. */
export interface Grouped {
  first: Uint32Array;
  items: Uint32Array;
}

export interface Report {
  core: Core;
  passages: Passages;
  nDocuments: number;
  nPairs: number;
  nPassages: number;
  /** The pair of each passage. */
  pairOf: Uint32Array;
  /** Passages of a pair in order of b; null where the order of a is that of b. */
  orderOfB: (Uint32Array | null)[];
  /** Per document: twice the passage's place, plus one where the document is side b; in order of the first word. */
  spans: Grouped;
  /** Per document: its pairs. */
  pairsOf: Grouped;
  /** Per cluster: its passages. */
  passagesOf: Grouped;
  /** Places by id. */
  pairById: Map<string, number>;
  documentById: Map<string, number>;
  clusterById: Map<string, number>;
  /** Lower-cased words to search a document by. */
  haystack: string[];
}

export function makeReport(core: Core, passages: Passages): Report {
  const nPairs = core.pairs.id.length;
  const nDocuments = core.documents.id.length;
  const nPassages = passages.id.length;
  const pairOf = new Uint32Array(nPassages);
  for (let pair = 0; pair < nPairs; pair++) {
    pairOf.fill(pair, core.pairs.first[pair]!, core.pairs.first[pair + 1]!);
  }
  const places = (ids: string[]) => new Map(ids.map((id, place) => [id, place]));
  return {
    core,
    passages,
    nDocuments,
    nPairs,
    nPassages,
    pairOf,
    orderOfB: Array.from({ length: nPairs }, (_, pair) => orderOfB(core, passages, pair)),
    spans: documentSpans(core, passages, pairOf),
    pairsOf: group(nDocuments, 2 * nPairs, (item) => (item & 1 ? core.pairs.b : core.pairs.a)[item >> 1]!, (item) => item >> 1),
    passagesOf: group(core.clusters.id.length, nPassages, (passage) => passages.cluster[passage]!, (passage) => passage),
    pairById: places(core.pairs.id),
    documentById: places(core.documents.id),
    clusterById: places(core.clusters.id),
    haystack: haystack(core),
  };
}

/** Items 0 .. n, each given to the row `rowOf` (none where it is -1), in order. */
function group(nRows: number, n: number, rowOf: (item: number) => number, value: (item: number) => number): Grouped {
  const first = new Uint32Array(nRows + 1);
  for (let item = 0; item < n; item++) {
    const row = rowOf(item);
    if (row >= 0) first[row + 1]!++;
  }
  for (let row = 0; row < nRows; row++) first[row + 1]! += first[row]!;
  const next = first.slice();
  const items = new Uint32Array(first[nRows]!);
  for (let item = 0; item < n; item++) {
    const row = rowOf(item);
    if (row >= 0) items[next[row]!++] = value(item);
  }
  return { first, items };
}

function orderOfB(core: Core, passages: Passages, pair: number): Uint32Array | null {
  const [from, to] = [core.pairs.first[pair]!, core.pairs.first[pair + 1]!];
  let sorted = true;
  for (let p = from + 1; p < to; p++) sorted &&= passages.b_word[p - 1]! <= passages.b_word[p]!;
  if (sorted) return null;
  return Uint32Array.from({ length: to - from }, (_, n) => from + n).sort((x, y) => passages.b_word[x]! - passages.b_word[y]!);
}

function documentSpans(core: Core, passages: Passages, pairOf: Uint32Array): Grouped {
  const side = (item: number) => (item & 1 ? core.pairs.b : core.pairs.a)[pairOf[item >> 1]!]!;
  const spans = group(core.documents.id.length, 2 * passages.id.length, side, (item) => item);
  const start = (item: number) => (item & 1 ? passages.b_word : passages.a_word)[item >> 1]!;
  for (let doc = 0; doc + 1 < spans.first.length; doc++) {
    spans.items.subarray(spans.first[doc]!, spans.first[doc + 1]!).sort((x, y) => start(x) - start(y));
  }
  return spans;
}

function haystack(core: Core): string[] {
  const { id, title, source, published } = core.documents;
  return id.map((name, doc) => [name, title[doc] ?? "", core.sources[source[doc]!] ?? "", published[doc] ?? ""].join("\n").toLowerCase());
}

/** The items of one row. */
export function rowOf(grouped: Grouped, row: number): Uint32Array {
  return grouped.items.subarray(grouped.first[row]!, grouped.first[row + 1]!);
}

/** Pairs that had no room in this file, not even in its tables. */
export function unlistedPairs({ left_out }: Core): number {
  return left_out.find(({ what }) => what === "pairs")?.count ?? 0;
}

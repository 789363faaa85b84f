/**
 * In: a report and its totals. Out: the outlet × outlet table, as the engine's `Edges` makes it from the same pairs (held equal by
 * tests/engine.test.ts). Pairs without a word that counts, or with a document whose source is unknown, are not in it. Shares of an
 * outlet are of its new documents, which are all where there is no reference: of an index a run reads only what is shared.
 */
import type { Report } from "./report";
import type { Totals } from "./recount";

export interface OutletEdge {
  /** Places in `sources`, a before b or the same. */
  a: number;
  b: number;
  pairs: number;
  passages: number;
  words: number;
  aDocs: number;
  bDocs: number;
  aShare: number;
  bShare: number;
  /** Of the pairs in which a document of a appeared first, and of b; inside one outlet all are in the first. */
  first: [Ahead, Ahead];
  /** Of these, of those in which the earlier one is the first match of the later one. */
  match: [Ahead, Ahead];
  medianCoverage: number;
  shareAFirst: number | null;
  medianLag: number | null;
}

/** Pairs in which an outlet was ahead, their words, and the share of its documents that are in them. */
export interface Ahead {
  pairs: number;
  words: number;
  share: number;
}

interface Gathered {
  edge: OutletEdge;
  coverages: number[];
  lags: number[];
  docs: [Set<number>, Set<number>];
  /** Documents that were ahead, of both outlets: first, and first matches. */
  ahead: { first: [Set<number>, Set<number>]; match: [Set<number>, Set<number>] };
}

const two = <T>(make: () => T): [T, T] => [make(), make()];

export function outletEdges(report: Report, totals: Totals): OutletEdge[] {
  const { core } = report;
  const order = { a: core.names.orders.indexOf("a_first"), b: core.names.orders.indexOf("b_first") };
  const gathered = new Map<number, Gathered>();
  for (let pair = 0; pair < report.nPairs; pair++) {
    if (!totals.pairs.kept[pair] || totals.pairs.matched[pair] === 0 || (firstMatchesOnly(report) && !core.pairs.first_match[pair])) continue;
    const docs = [core.pairs.a[pair]!, core.pairs.b[pair]!] as const;
    const sources = docs.map((doc) => core.documents.source[doc]!);
    if (sources[0]! < 0 || sources[1]! < 0) continue;
    const turned = sources[1]! < sources[0]!;
    const it = entry(gathered, Math.min(sources[0]!, sources[1]!), Math.max(sources[0]!, sources[1]!), core.sources.length);
    add(it, report, totals, pair, turned, order);
    it.docs[0].add(docs[turned ? 1 : 0]!);
    it.docs[1].add(docs[turned ? 0 : 1]!);
  }
  const { source, reference } = core.documents;
  const nNew = new Array<number>(core.sources.length).fill(0);
  for (const [doc, outlet] of source.entries()) if (outlet >= 0 && !reference[doc]) nNew[outlet]!++;
  return [...gathered.values()].map((it) => finish(it, nNew, reference)).sort((x, y) => x.a - y.a || x.b - y.b);
}

/** Whether the run was asked for a table of first matches only. */
export function firstMatchesOnly({ core }: Report): boolean {
  return core.settings["first_match"] === true;
}

const nobody = (): Ahead => ({ pairs: 0, words: 0, share: 0 });

function entry(gathered: Map<number, Gathered>, a: number, b: number, n: number): Gathered {
  const key = a * n + b;
  let it = gathered.get(key);
  if (!it) {
    const edge: OutletEdge = {
      a, b, pairs: 0, passages: 0, words: 0, aDocs: 0, bDocs: 0, aShare: 0, bShare: 0, first: two(nobody), match: two(nobody),
      medianCoverage: 0, shareAFirst: null, medianLag: null,
    };
    const sets = () => two(() => new Set<number>());
    gathered.set(key, (it = { edge, coverages: [], lags: [], docs: sets(), ahead: { first: sets(), match: sets() } }));
  }
  return it;
}

function add(it: Gathered, { core }: Report, { pairs }: Totals, pair: number, turned: boolean, order: { a: number; b: number }): void {
  const { edge } = it;
  edge.pairs++;
  edge.passages += pairs.counting[pair]!;
  edge.words += pairs.matched[pair]!;
  it.coverages.push(Math.max(pairs.aCoverage[pair]!, pairs.bCoverage[pair]!));
  const isFirstMatch = core.pairs.first_match[pair]!;
  const lag = core.pairs.lag[pair]!;
  if (lag !== null) it.lags.push(turned ? -lag : lag);
  const said = core.pairs.order[pair]!;
  if (said !== order.a && said !== order.b) return;
  const side = edge.a === edge.b || (said === order.a) !== turned ? 0 : 1;
  const doc = (said === order.a ? core.pairs.a : core.pairs.b)[pair]!;
  for (const kind of isFirstMatch ? (["first", "match"] as const) : (["first"] as const)) {
    edge[kind][side].pairs++;
    edge[kind][side].words += pairs.matched[pair]!;
    it.ahead[kind][side].add(doc);
  }
}

function finish({ edge, coverages, lags, docs, ahead }: Gathered, nNew: number[], reference: boolean[]): OutletEdge {
  // Inside one outlet both sides are the same, and so are their documents.
  const sides = edge.a === edge.b ? [new Set([...docs[0], ...docs[1]])] : docs;
  const [a, b] = [sides[0]!, sides[sides.length - 1]!];
  const share = (of: Set<number>, outlet: number) => [...of].filter((doc) => !reference[doc]).length / Math.max(nNew[outlet]!, 1);
  [edge.aDocs, edge.bDocs] = [a.size, b.size];
  [edge.aShare, edge.bShare] = [share(a, edge.a), share(b, edge.b)];
  for (const kind of ["first", "match"] as const) for (const side of [0, 1] as const) edge[kind][side].share = share(ahead[kind][side], side === 0 ? edge.a : edge.b);
  edge.medianCoverage = median(coverages) ?? 0;
  if (edge.a !== edge.b) {
    const dated = edge.first[0].pairs + edge.first[1].pairs;
    edge.shareAFirst = dated > 0 ? edge.first[0].pairs / dated : null;
    const lag = median(lags);
    edge.medianLag = lag === null ? null : Math.sign(lag) * Math.round(Math.abs(lag));
  }
  return edge;
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

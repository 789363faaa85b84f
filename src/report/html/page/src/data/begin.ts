/** In: a report and totals. Out: the places that a reader may begin at: what shares most, and what was changed most. Pure. */
import type { Report } from "./report";
import type { Totals } from "./recount";

/** The pair with the most shared words that count, of two outlets where any has; -1 without one. */
export function strongestPair({ core: { pairs, documents } }: Report, totals: Totals): number {
  let best = { pair: -1, words: 0, isApart: false };
  for (let pair = 0; pair < pairs.id.length; pair++) {
    const words = totals.pairs.kept[pair] ? totals.pairs.matched[pair]! : 0;
    const [a, b] = [documents.source[pairs.a[pair]!]!, documents.source[pairs.b[pair]!]!];
    const isApart = a !== b;
    if (words > 0 && (isApart === best.isApart ? words > best.words : isApart)) best = { pair, words, isApart };
  }
  return best.pair;
}

export interface Changed {
  /** Kinds of change that were told, by their place in `names.edits`, with the passages that count and have one: most first. */
  kinds: [kind: number, passages: number][];
  /** The passage with the most other numbers and names, then with the most changes of any kind, the first of equals; -1 without one. */
  most: number;
}

const FACTS = ["number_changed", "name_changed"];

export function changed({ core: { names }, passages, pairOf }: Report, totals: Totals): Changed {
  const counts = new Map<number, number>();
  let [most, best] = [-1, 0];
  for (const [p, typed] of passages.typed.entries()) {
    if (typed.length === 0 || totals.reason[p]! >= 0 || !totals.pairs.kept[pairOf[p]!]) continue;
    const kinds = typed.filter((_, n) => n % 5 === 0);
    for (const kind of new Set(kinds)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const facts = kinds.filter((kind) => FACTS.includes(names.edits[kind]!)).length;
    const score = facts * 1_000 + kinds.length;
    if (score > best) [most, best] = [p, score];
  }
  return { kinds: [...counts].sort(([x, xs], [y, ys]) => ys - xs || x - y), most };
}

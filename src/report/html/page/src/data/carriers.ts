/** In: a cluster. Out: who carries it, and what the dates of those who have one tell of their order. Pure. */
import type { Core } from "../data";

export interface Carriers {
  /** Documents, each once, in the engine's order of time. */
  docs: number[];
  /** Those with a date. */
  dated: number[];
  /** The only earliest of all; -1 where that is not known, as where one of them is undated. */
  first: number;
  /** The only earliest of those with a date; -1 where several are. */
  firstDated: number;
  /** From the first to the last with a date, in seconds; null where fewer than two have one. */
  span: number | null;
}

export function carriersOf({ clusters, documents }: Core, cluster: number): Carriers {
  const members = clusters.members[cluster]!;
  const docs = [...new Set(members.doc)];
  const isDated = (doc: number) => (documents.seconds[doc] ?? null) !== null;
  const dated = docs.filter(isDated);
  const earliest = [...new Set(members.doc.filter((doc, n) => members.rank[n] === 1 && isDated(doc)))];
  return {
    docs, dated,
    first: dated.length === docs.length ? clusters.first_doc[cluster]! : -1,
    firstDated: earliest.length === 1 ? earliest[0]! : -1,
    span: dated.length > 1 ? clusters.span_seconds[cluster] ?? null : null,
  };
}

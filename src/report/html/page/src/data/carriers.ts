/** In: a cluster. Out: who carries it, and what the dates of those who have one tell of their order. Pure. */
import type { Core } from "../data";

export interface Carriers {
  /** Documents, each once, in the engine's order of time. */
  docs: number[];
  /** Those with a date. */
  dated: number[];
  /** The only earliest of those with a date; -1 where several are. */
  firstDated: number;
}

export function carriersOf({ clusters, documents }: Core, cluster: number): Carriers {
  const members = clusters.members[cluster]!;
  const docs = [...new Set(members.doc)];
  const isDated = (doc: number) => (documents.seconds[doc] ?? null) !== null;
  const dated = docs.filter(isDated);
  const earliest = [...new Set(members.doc.filter((doc, n) => members.rank[n] === 1 && isDated(doc)))];
  return { docs, dated, firstDated: earliest.length === 1 ? earliest[0]! : -1 };
}

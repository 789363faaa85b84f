/** In: the outlet × outlet table. Out: the matrix and the graph that the outlets view draws. Pure. */
import type { OutletEdge } from "./outlets";

export type Measure = "pairs" | "words" | "share";
export type Direction = "all" | "first" | "match";

/** The outlets with the most shared words, largest first. */
export function largest(edges: readonly OutletEdge[], count: number): number[] {
  const words = new Map<number, number>();
  for (const edge of edges) for (const outlet of new Set([edge.a, edge.b])) words.set(outlet, (words.get(outlet) ?? 0) + edge.words);
  return [...words].sort(([x, xs], [y, ys]) => ys - xs || x - y).slice(0, count).map(([outlet]) => outlet);
}

/** The value of a row against a column, in each measure and order; null where they share nothing of the kind. */
export function cellOf(edge: OutletEdge | undefined, rowIsA: boolean, measure: Measure, direction: Direction): number | null {
  if (!edge) return null;
  if (direction !== "all") return edge[direction][rowIsA ? 0 : 1][measure] || null;
  if (measure === "share") return rowIsA ? edge.aShare : edge.bShare;
  return edge[measure];
}

export interface Node {
  outlet: number;
  /** Share of its dated pairs in which it appeared first. */
  first: number;
  dated: number;
}

/** From the outlet that appeared first more often to the other one. */
export interface Arrow {
  from: number;
  to: number;
  /** Pairs in that direction, and in the other. */
  n: number;
  back: number;
}

export function graph(edges: readonly OutletEdge[], matchesOnly: boolean, cap: number): { nodes: Node[]; arrows: Arrow[]; nNodes: number } {
  const arrows: Arrow[] = [];
  const tally = new Map<number, { first: number; dated: number }>();
  const add = (outlet: number, first: number, dated: number) => {
    const it = tally.get(outlet) ?? { first: 0, dated: 0 };
    tally.set(outlet, { first: it.first + first, dated: it.dated + dated });
  };
  for (const edge of edges) {
    const [a, b] = (matchesOnly ? edge.match : edge.first).map(({ pairs }) => pairs) as [number, number];
    if (edge.a === edge.b || a + b === 0) continue;
    add(edge.a, a, a + b);
    add(edge.b, b, a + b);
    arrows.push(a >= b ? { from: edge.a, to: edge.b, n: a, back: b } : { from: edge.b, to: edge.a, n: b, back: a });
  }
  const nodes = [...tally].map(([outlet, { first, dated }]) => ({ outlet, dated, first: first / dated })).sort((x, y) => y.dated - x.dated || x.outlet - y.outlet);
  const kept = new Set(nodes.slice(0, cap).map((node) => node.outlet));
  arrows.sort((x, y) => y.n - x.n || x.from - y.from || x.to - y.to);
  return { nodes: nodes.slice(0, cap), nNodes: nodes.length, arrows: arrows.filter((arrow) => kept.has(arrow.from) && kept.has(arrow.to)) };
}

/** The least number of pairs an arrow stands for so that no more than `most` are drawn; at least 1. */
export function leastPairs(arrows: readonly Arrow[], most: number): number {
  // Arrows come largest first; those as large as the first one left out are left out with it.
  return arrows.length <= most ? 1 : arrows[most]!.n + 1;
}

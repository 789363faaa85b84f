/** In: a report and totals. Out: which rows a list shows, in which order. Pure. */
import type { Core } from "../data";
import { spelledOut } from "./acting";
import { rowOf, type Report } from "./report";
import type { Totals } from "./recount";

/**
 * Clusters that travelled, in the engine's order: widest first. At least one passage counts, and no more than half carry a tag
 * that is left out: the engine's rule (`left_out` in `src/report/overview/mod.rs`). With the tags of the run (`isRun`) it is the
 * engine's own verdict, which knows the passages that had no room here.
 */
export function carried(report: Report, totals: Totals, isRun: boolean): number[] {
  const rows: number[] = [];
  const nTags = report.core.names.tags.length;
  for (let cluster = 0; cluster < report.core.clusters.id.length; cluster++) {
    let [all, counting, tagged] = [0, 0, 0];
    for (const p of rowOf(report.passagesOf, cluster)) {
      if (totals.pairs.kept[report.pairOf[p]!] !== 1) continue;
      all++;
      const why = totals.reason[p]!;
      if (why < 0) counting++;
      else if (why < nTags) tagged++;
    }
    const isOut = tagged * 2 > all || (isRun && report.core.clusters.left_out[cluster]!);
    if (counting > 0 && !isOut) rows.push(cluster);
  }
  return rows;
}

/** A cluster that leads a list, and how many further ones of the list lie inside it. */
export interface Head {
  cluster: number;
  inside: number;
}

/**
 * The first `top` of `rows` that lie inside none before them: at least half of a cluster's documents carry both, at places of which the
 * shorter is mostly in the longer. The engine's rule (`src/report/overview/nested.rs`).
 */
export function heads({ clusters }: Core, rows: readonly number[], top: number): Head[] {
  const found: Head[] = [];
  const places = new Map<number, [head: number, start: number, end: number][]>();
  for (const cluster of rows) {
    const { doc, start, end } = clusters.members[cluster]!;
    const holding = new Map<number, Set<number>>();
    doc.forEach((it, n) => {
      for (const [head, from, to] of places.get(it) ?? []) {
        const overlap = Math.min(to, end[n]!) - Math.max(from, start[n]!);
        if (2 * overlap > Math.min(to - from, end[n]! - start[n]!)) holding.set(head, (holding.get(head) ?? new Set()).add(it));
      }
    });
    const [around] = [...holding].sort(([x, xs], [y, ys]) => ys.size - xs.size || x - y);
    if (around && 2 * around[1].size >= clusters.n_docs[cluster]!) {
      found[around[0]]!.inside++;
    } else if (found.length < top) {
      doc.forEach((it, n) => places.set(it, [...(places.get(it) ?? []), [found.length, start[n]!, end[n]!]]));
      found.push({ cluster, inside: 0 });
    }
  }
  return found;
}

/** Documents with a share above zero, largest first. */
export function ranked(shares: Float64Array): number[] {
  const rows: number[] = [];
  shares.forEach((share, doc) => share > 0 && rows.push(doc));
  return rows.sort((x, y) => shares[y]! - shares[x]! || x - y);
}

/** Length at which the writer of a report cuts the words of a passage. */
const EXCERPT = 300;

/** The beginning of a passage, to a whole word where it was cut; its name where this file holds no words. */
export function excerptOf({ core: { clusters } }: Report, cluster: number): string {
  const words = spelledOut(clusters.excerpt[cluster]!);
  if (words === "") return clusters.id[cluster]!;
  const space = words.lastIndexOf(" ");
  return words.length < EXCERPT - 1 ? words : `${space > EXCERPT / 2 ? words.slice(0, space) : words} …`;
}

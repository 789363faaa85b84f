/** In: a report and totals. Out: which rows a list shows, in which order. Pure. */
import { rowOf, type Report } from "./report";
import type { Totals } from "./recount";

/** Clusters with at least one passage that counts, in the engine's order: widest first. */
export function carried(report: Report, totals: Totals): number[] {
  const rows: number[] = [];
  for (let cluster = 0; cluster < report.core.clusters.id.length; cluster++) {
    const counts = rowOf(report.passagesOf, cluster).some((p) => totals.reason[p]! < 0 && totals.pairs.kept[report.pairOf[p]!] === 1);
    if (counts) rows.push(cluster);
  }
  return rows;
}

/** Documents with a share above zero, largest first. */
export function ranked(shares: Float64Array): number[] {
  const rows: number[] = [];
  shares.forEach((share, doc) => share > 0 && rows.push(doc));
  return rows.sort((x, y) => shares[y]! - shares[x]! || x - y);
}

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

/** Length at which the writer of a report cuts the words of a passage. */
const EXCERPT = 300;

/** The beginning of a passage, to a whole word where it was cut; its name where this file holds no words. */
export function excerptOf({ core: { clusters } }: Report, cluster: number): string {
  const words = clusters.excerpt[cluster]!;
  if (words === "") return clusters.id[cluster]!;
  const space = words.lastIndexOf(" ");
  return words.length < EXCERPT - 1 ? words : `${space > EXCERPT / 2 ? words.slice(0, space) : words} …`;
}

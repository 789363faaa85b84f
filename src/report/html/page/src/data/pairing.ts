/**
 * In: a pair, which side stands left, the passages' diffs. Out: what the pair view draws on either side. Pure.
 * Sides here are the page's: left and right. The result's sides a and b are turned where the view has them turned.
 */
import type { Marked } from "./marks";
import type { Report } from "./report";

export interface Sides {
  /** Whether b stands left. */
  turned: boolean;
  left: number;
  right: number;
  /** Whether typed edits, told from the earlier to the later and else from a to b, go from right to left. */
  backwards: boolean;
}

export function sidesOf({ core }: Report, pair: number, turned: boolean): Sides {
  const [a, b] = [core.pairs.a[pair]!, core.pairs.b[pair]!];
  const backwards = (core.names.orders[core.pairs.order[pair]!] === "b_first") !== turned;
  return turned ? { turned, left: b, right: a, backwards } : { turned, left: a, right: b, backwards };
}

/** Passages of a pair on one side, in the pair's order. */
export function marked({ core, passages }: Report, pair: number, isA: boolean, diffs: number[][] | null): Marked[] {
  const from = core.pairs.first[pair]!;
  const [starts, ends] = isA ? [passages.a_start, passages.a_end] : [passages.b_start, passages.b_end];
  return Array.from({ length: core.pairs.first[pair + 1]! - from }, (_, n) => ({
    start: starts[from + n]!, end: ends[from + n]!, runs: diffs?.[n] ?? null, side: isA ? 1 : 2,
  }));
}

/** Whether the passages stand in another order on the other side. */
export function isReordered(report: Report, pair: number): boolean {
  return report.orderOfB[pair] !== null;
}

const TURNED: Record<string, string> = {
  attribution_added: "attribution_dropped", attribution_dropped: "attribution_added", hedge_added: "hedge_dropped", hedge_dropped: "hedge_added",
  cut_from_end: "added_at_end", added_at_end: "cut_from_end", gloss_inserted: "gloss_dropped", gloss_dropped: "gloss_inserted",
};

/** The name of a typed edit on the way from left to right. */
export function editName(name: string, backwards: boolean): string {
  return backwards ? TURNED[name] ?? name : name;
}

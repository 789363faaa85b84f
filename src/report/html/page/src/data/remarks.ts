/** In: the warnings of a run and the remarks on its documents. Out: equal messages together, the most frequent first, as the terminal has them. Pure. */
import type { Core } from "../data";

export interface Remark {
  message: string;
  /** How often it was said. */
  n: number;
  /** Where first: a document, or a path and a line; null where it is about no place. */
  place: { doc: number } | { path: string; line: number | null } | null;
}

export function remarksOf({ warnings, documents }: Core): Remark[] {
  const found = new Map<string, Remark>();
  const add = (message: string, place: Remark["place"]) => {
    const it = found.get(message) ?? { message, n: 0, place };
    found.set(message, it);
    it.n++;
  };
  for (const { path, line, message } of warnings) add(message, path ? { path, line } : null);
  documents.remarks.forEach((remarks, doc) => remarks.forEach((remark) => add(remark, { doc })));
  return [...found.values()].sort((x, y) => y.n - x.n || (x.message < y.message ? -1 : 1));
}

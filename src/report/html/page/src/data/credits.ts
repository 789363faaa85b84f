/** Whose copy articles say they carry: the names in their credit lines. Pure; one pass over all zones. */
import type { Core } from "../data";

export interface Credited {
  name: string;
  /** Articles with such a credit, in order. */
  docs: number[];
  /** Known outlets among them. */
  nSources: number;
}

/** Those credited by most articles first, then by name. */
export function creditsOf({ documents, names }: Core): Credited[] {
  const kind = names.zones.indexOf("credit");
  const docs = new Map<string, Set<number>>();
  documents.zones.forEach((zones, doc) => {
    for (let z = 0; z < zones.length; z += 5) {
      const name = zones[z] === kind ? documents.zone_names[zones[z + 3]!] : undefined;
      if (name) (docs.get(name) ?? docs.set(name, new Set()).get(name)!).add(doc);
    }
  });
  const rows = [...docs].map(([name, of]) => {
    const sources = new Set([...of].map((doc) => documents.source[doc]!).filter((source) => source >= 0));
    return { name, docs: [...of], nSources: sources.size };
  });
  return rows.sort((x, y) => y.docs.length - x.docs.length || (x.name < y.name ? -1 : 1));
}

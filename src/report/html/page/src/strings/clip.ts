/** Names as parts of other words. */

/** A name cut to a number of characters, never inside of one. */
export function clipped(name: string, most: number): string {
  const characters = [...name];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : name;
}

/** Words before or after something else, of which only those next to it matter. */
export function nearest(words: string, most: number, side: "before" | "after"): string {
  if (words.length <= most) return words;
  return side === "before" ? `… ${words.slice(-most).replace(/^\S*\s+/u, "")}` : `${words.slice(0, most).replace(/\s+\S*$/u, "")} …`;
}

/** A name whose direction, or whose marks of direction, do not reach the words around it; for where no element can stand around it. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

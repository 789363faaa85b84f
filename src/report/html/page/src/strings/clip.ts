/** Names as parts of other words. */

/** A name cut to a number of characters, never inside of one. */
export function clipped(name: string, most: number): string {
  const characters = [...name];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : name;
}

/** A name whose direction, or whose marks of direction, do not reach the words around it; for where no element can stand around it. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

/** A name cut to a number of characters, never inside of one. */
export function clipped(name: string, most: number): string {
  const characters = [...name];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : name;
}

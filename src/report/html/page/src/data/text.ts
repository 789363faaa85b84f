/** What a file holds of a text: parts in order, the rest is missing. */
export interface Text {
  length: number;
  parts: [number, string][];
}

/** The words of a stretch; null where this file holds not all of them. */
export function slice(text: Text, start: number, end: number): string | null {
  const part = text.parts.find(([from, words]) => from <= start && end <= from + words.length);
  return part ? part[1].slice(start - part[0], end - part[0]) : null;
}

/**
 * In: a text. Out: the same, where lines that were only broken at a fixed width, as wires and machine-read columns have them, run on:
 * each such break is a space instead, so that every place stays what it was. Paragraphs stay, told by an empty line, an indent, or a
 * line so short that the next word would have had room and does not go on a sentence. Pure.
 */
import type { Text } from "./text";

/** Widths of a column, in UTF-16 units: a line of more is a paragraph of its own. */
const [NARROWEST, WIDEST] = [24, 100];

/** Of the breaks between two lines of words, so many must be at the width, and at least so many there must be. */
const [MOSTLY, FEWEST] = [0.6, 3];

/** Letters are not of one width in print read by a machine. */
const NEARLY = 0.9;

interface Break {
  at: number;
  /** Length of the line before, and of the word that begins the next one. */
  line: number;
  word: number;
  /** Whether the next line begins with a small letter, so that its sentence began before. */
  isInside: boolean;
}

export function flowing(text: Text): Text {
  const breaks = text.parts.map(([, words]) => breaksOf(words));
  const lines = breaks.flatMap((part) => part.map(({ line }) => line)).sort((x, y) => x - y);
  // A headline may be wider than the column under it.
  const width = lines[Math.floor(lines.length * 0.9)] ?? 0;
  if (lines.length < FEWEST || width < NARROWEST || width > WIDEST) return text;
  const isFull = ({ line, word }: Break) => line + 1 + word >= width * NEARLY;
  if (breaks.flat().filter(isFull).length < lines.length * MOSTLY) return text;
  return { length: text.length, parts: text.parts.map(([start, words], n) => [start, joined(words, breaks[n]!.filter((it) => it.isInside || isFull(it)))]) };
}

/** Breaks with words right before and right after them: no empty line, no indent, no item of a list. */
function breaksOf(words: string): Break[] {
  const found: Break[] = [];
  let start = 0;
  for (let at = words.indexOf("\n"); at >= 0; at = words.indexOf("\n", start)) {
    const line = words.slice(start, at).trimEnd().length;
    start = at + 1;
    const next = /^[^\s*•]\S*/u.exec(words.slice(start, start + WIDEST));
    if (line > 0 && next) found.push({ at, line, word: next[0].length, isInside: /^\p{Ll}/u.test(next[0]) });
  }
  return found;
}

function joined(words: string, breaks: readonly Break[]): string {
  const pieces: string[] = [];
  let start = 0;
  for (const { at } of breaks) {
    pieces.push(words.slice(start, at));
    start = at + 1;
  }
  return [...pieces, words.slice(start)].join(" ");
}

/**
 * In: the passages of one side of a pair, their word-level changes, the zones of the text. Out: the text cut into pieces, each with
 * the passage it lies in, the change and the zones; and the pieces of any stretch. Pure. Joined again, the pieces are the text:
 * nothing is added, and places are those of the result, so that a mark is exact to the character.
 */

/** A stretch with one description; in UTF-16 units, half-open. */
export interface Piece {
  start: number;
  end: number;
  /** Place in the list of passages given; -1 outside. */
  passage: number;
  /** Place in `names.changes`; -1 outside of passages or where no diff is held. */
  change: number;
  /** One bit a zone kind. */
  zones: number;
}

export interface Marked {
  start: number;
  end: number;
  /** Flat (change, length, length on the other side …) runs in reading order; null without a diff. */
  runs: number[] | null;
  /** Which length of a run is this side's: 1 or 2. */
  side: 1 | 2;
}

/** Cuts `0 .. length`. Of passages that overlap, the one that begins last is shown. `zones` are flat: kind, start, end, name, fact. */
export function cut(length: number, passages: readonly Marked[], zones: readonly number[]): Piece[] {
  const changes = passages.map(changesOf);
  const cuts = new Set<number>([0, length]);
  for (const [n, passage] of passages.entries()) {
    cuts.add(passage.start).add(passage.end);
    for (const [start] of changes[n]!) cuts.add(start);
  }
  for (let z = 0; z < zones.length; z += 5) cuts.add(zones[z + 1]!).add(zones[z + 2]!);
  const places = Float64Array.from([...cuts].filter((place) => place >= 0 && place <= length)).sort();
  const passageAt = sweep(places, passages.map((passage) => [passage.start, passage.end]));
  const zonesAt = zoneBits(places, zones);
  const pieces: Piece[] = [];
  for (let n = 0; n + 1 < places.length; n++) {
    const [start, end, passage] = [places[n]!, places[n + 1]!, passageAt[n]!];
    const change = passage < 0 ? -1 : changeAt(changes[passage]!, start);
    pieces.push({ start, end, passage, change, zones: zonesAt[n]! });
  }
  return pieces;
}

/** Where each change of a passage begins on its side, and which it is. */
function changesOf({ start, runs, side }: Marked): [number, number][] {
  const changes: [number, number][] = [];
  let place = start;
  for (let n = 0; runs && n < runs.length; n += 3) {
    const length = runs[n + side]!;
    if (length > 0) changes.push([place, runs[n]!]);
    place += length;
  }
  return changes;
}

function changeAt(changes: [number, number][], place: number): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (changes[middle]![0] <= place) low = middle + 1;
    else high = middle;
  }
  return low > 0 ? changes[low - 1]![1] : -1;
}

/** For each piece between two places, the span over it that begins last; -1 without one. */
function sweep(places: Float64Array, spans: [number, number][]): Int32Array {
  const order = spans.map((_, n) => n).sort((x, y) => spans[x]![0] - spans[y]![0] || x - y);
  const found = new Int32Array(Math.max(places.length - 1, 0)).fill(-1);
  let next = 0;
  let active: number[] = [];
  for (let n = 0; n < found.length; n++) {
    while (next < order.length && spans[order[next]!]![0] <= places[n]!) active.push(order[next++]!);
    active = active.filter((span) => spans[span]![1] > places[n]!);
    found[n] = active.length > 0 ? active[active.length - 1]! : -1;
  }
  return found;
}

function zoneBits(places: Float64Array, zones: readonly number[]): Int32Array {
  const bits = new Int32Array(Math.max(places.length - 1, 0));
  const at = new Map([...places].map((place, n) => [place, n]));
  for (let z = 0; z < zones.length; z += 5) {
    const [from, to] = [at.get(zones[z + 1]!), at.get(zones[z + 2]!)];
    for (let n = from ?? 0; from !== undefined && n < (to ?? bits.length); n++) bits[n]! |= 1 << zones[z]!;
  }
  return bits;
}

/** The pieces of `start .. end`, clipped to it. */
export function clip(pieces: readonly Piece[], start: number, end: number): Piece[] {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  const clipped: Piece[] = [];
  for (let n = low; n < pieces.length && pieces[n]!.start < end; n++) {
    const piece = pieces[n]!;
    clipped.push({ ...piece, start: Math.max(piece.start, start), end: Math.min(piece.end, end) });
  }
  return clipped;
}

/** A stretch of text that is one block on the page. */
export interface Chunk {
  start: number;
  end: number;
}

/** Longest block, so that a text without line breaks is drawn in parts. */
const MAX_CHUNK = 3_000;

/** Length from which a text is so long that several lines share a block: the browser keeps some hundred blocks, not ten thousand. */
const LONG_TEXT = 120_000;

/** Cuts a text at line breaks, which stay at the end of the block before, and at spaces where a line is too long. */
export function chunks(text: string, offset = 0): Chunk[] {
  const found: Chunk[] = [];
  const joins = text.length >= LONG_TEXT;
  let start = 0;
  while (start < text.length) {
    let end = lineEnd(text, start);
    while (joins && end < text.length && lineEnd(text, end) - start <= MAX_CHUNK) end = lineEnd(text, end);
    if (end - start > MAX_CHUNK) {
      const space = text.lastIndexOf(" ", start + MAX_CHUNK);
      end = space > start ? space + 1 : afterPair(text, start + MAX_CHUNK);
    }
    found.push({ start: offset + start, end: offset + end });
    start = end;
  }
  return found;
}

function lineEnd(text: string, start: number): number {
  const line = text.indexOf("\n", start);
  return line < 0 ? text.length : line + 1;
}

/** Never between the two halves of a character. */
function afterPair(text: string, place: number): number {
  const unit = text.charCodeAt(place);
  return unit >= 0xdc00 && unit < 0xe000 ? place + 1 : place;
}

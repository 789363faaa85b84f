/**
 * One text with its marks, in a box that scrolls. Only blocks near the window are drawn with marks; the others are plain text of the
 * same height, so that 200,000 words and 5,000 passages stay quick. Text becomes text nodes and nothing is added to it: numbers of
 * passages are drawn by the style sheet.
 */
import type { ComponentChildren, RefObject } from "preact";
import { memo } from "./memo";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useApp } from "../app";
import { chunks, clip, type Chunk, type Piece } from "../data/marks";
import { slice, type Text } from "../data/text";
import { spelled } from "./spell";

/** How a passage looks: its number, its colour and line, whether it counts. */
export interface Look {
  label: string;
  hue: number;
  line: number;
  off: boolean;
}

export const HUES = 6;
export const LINES = 4;

interface Props {
  text: Text;
  pieces: Piece[];
  looks: readonly Look[];
  label: string;
  /** The passage that is read at present, and where it lies. */
  active?: Active | null;
  zones?: boolean;
  /** What stands in the margin of a block. Must stay the same function while it draws the same. */
  gutter?: (chunk: Chunk) => ComponentChildren;
  onPick?(passage: number): void;
  /** What to bring into sight, with a name that changes at each call. */
  reveal?: { start: number; passage: number; call: string } | null;
}

export interface Active {
  passage: number;
  start: number;
  end: number;
}

export function Reader({ text, pieces, looks, label, active = null, zones = false, gutter, onPick, reveal }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { t, f } = useApp();
  const legend = useLegend();
  const blocks = useMemo(() => blocksOf(text), [text]);
  const near = useNear(box, blocks.length);
  useEffect(() => {
    if (reveal) bring(box.current, blocks, reveal, near.show);
  }, [reveal?.call, blocks]);
  const pick = (event: MouseEvent) => {
    const mark = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-p]") : null;
    if (mark) onPick?.(Number(mark.dataset["p"]));
  };
  return (
    <div class={zones ? "reader show-zones" : "reader"} ref={box} role="region" aria-label={label} tabIndex={0} onClick={pick}>
      {blocks.map((block, n) =>
        block.gap ? (
          <p key={n} class="gap">{t.pair.gap(f.whole(block.end - block.start))}</p>
        ) : (
          <Block
            key={n} n={n} text={text} block={block} pieces={pieces} looks={looks} legend={legend} drawn={near.shown.has(n)} gutter={gutter}
            active={active && active.start < block.end && block.start < active.end ? active.passage : -1}
          />
        ),
      )}
    </div>
  );
}

/** Names of changes and zones, by their places. */
export interface Legend {
  changes: readonly string[];
  changeTitles: readonly string[];
  zones: readonly string[];
  zoneTitles: readonly string[];
}

export function useLegend(): Legend {
  const { report: { core: { names } }, t } = useApp();
  return useMemo(() => ({
    changes: names.changes, changeTitles: names.changes.map((name) => t.changes[name] ?? ""),
    zones: names.zones, zoneTitles: names.zones.map((name) => t.zones[name] ?? name),
  }), [names, t]);
}

interface TextBlock extends Chunk {
  gap: boolean;
}

function blocksOf(text: Text): TextBlock[] {
  const blocks: TextBlock[] = [];
  let end = 0;
  for (const [start, words] of text.parts) {
    if (start > end) blocks.push({ start: end, end: start, gap: true });
    for (const chunk of chunks(words, start)) blocks.push({ ...chunk, gap: false });
    end = start + words.length;
  }
  if (end < text.length) blocks.push({ start: end, end: text.length, gap: true });
  return blocks;
}

interface BlockProps {
  n: number;
  text: Text;
  block: TextBlock;
  pieces: Piece[];
  looks: readonly Look[];
  legend: Legend;
  drawn: boolean;
  active: number;
  gutter: ((chunk: Chunk) => ComponentChildren) | undefined;
}

/** Units of text on a line of the page, about; for the height of blocks not drawn yet. */
const [LINE_UNITS, LINE_PIXELS] = [62, 27];

const Block = memo(function Block({ n, text, block, pieces, looks, legend, drawn, active, gutter }: BlockProps) {
  const words = slice(text, block.start, block.end) ?? "";
  const height = Math.ceil(words.length / LINE_UNITS) * LINE_PIXELS;
  return (
    <div class="block" data-block={n} dir="auto" style={{ containIntrinsicSize: `auto ${height}px` }}>
      {drawn && gutter?.(block)}
      {drawn ? <Pieces pieces={clip(pieces, block.start, block.end)} all={pieces} words={words} offset={block.start} looks={looks} legend={legend} active={active} /> : spelled(words)}
    </div>
  );
});

interface PiecesProps {
  pieces: Piece[];
  /** All pieces of the text, of which `pieces` are some, perhaps clipped. */
  all: readonly Piece[];
  /** The words from `offset` on. */
  words: string;
  offset: number;
  looks: readonly Look[];
  legend: Legend;
  active: number;
}

/** A stretch of text with its marks. */
export function Pieces({ pieces, all, words, offset, looks, legend, active }: PiecesProps) {
  return (
    <>
      {pieces.map((piece) => (
        <Mark key={piece.start} piece={piece} words={words.slice(piece.start - offset, piece.end - offset)} looks={looks} legend={legend} active={active} begins={begins(all, piece)} />
      ))}
    </>
  );
}

/** Whether a passage begins here, not only goes on, and which zones do: one bit a kind. */
function begins(pieces: readonly Piece[], piece: Piece): { passage: boolean; zones: number } {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle]!.start < piece.start) low = middle + 1;
    else high = middle;
  }
  // A piece that was clipped at its beginning goes on.
  if (pieces[low]?.start !== piece.start) return { passage: false, zones: 0 };
  const before = pieces[low - 1];
  return { passage: piece.passage >= 0 && before?.passage !== piece.passage, zones: piece.zones & ~(before?.zones ?? 0) };
}

/** Zones that their own marks show: quotation marks and brackets. */
const SELF_EVIDENT = ["quotation", "gloss"];

interface MarkProps {
  piece: Piece;
  words: string;
  looks: readonly Look[];
  legend: Legend;
  active: number;
  begins: { passage: boolean; zones: number };
}

function Mark({ piece, words, looks, legend, active, begins }: MarkProps) {
  const kinds = (bits: number) => (bits === 0 ? [] : legend.zones.map((_, kind) => kind).filter((kind) => bits & (1 << kind)));
  const zones = kinds(piece.zones);
  const zoned = zones.map((kind) => `zone zone-${legend.zones[kind]}`).join(" ");
  const named = zones.map((kind) => legend.zoneTitles[kind]).join(", ");
  const begun = kinds(begins.zones).filter((kind) => !SELF_EVIDENT.includes(legend.zones[kind]!)).map((kind) => legend.zoneTitles[kind]).join(", ");
  // Drawn by the style sheet, so that nothing is added to the text.
  const name = begun === "" ? null : <span class="zone-name" data-name={begun} />;
  if (piece.passage < 0) return zoned === "" ? <>{spelled(words)}</> : <span class={zoned} title={named}>{name}{spelled(words)}</span>;
  const look = looks[piece.passage]!;
  const change = piece.change < 0 ? "" : legend.changes[piece.change]!;
  const classes = ["mark", `hue${look.hue}`, `line${look.line}`, change && `change-${change}`, look.off && "off", piece.passage === active && "active", zoned];
  return (
    <mark class={classes.filter(Boolean).join(" ")} data-p={piece.passage} {...(begins.passage ? { "data-label": look.label } : {})} title={(piece.change < 0 ? "" : legend.changeTitles[piece.change]) || undefined}>
      {name}{change === "" || change === "same" ? spelled(words) : <Changed words={words} />}
    </mark>
  );
}

/** Changed words, without the space around them, so that a line under them ends where they end. */
function Changed({ words }: { words: string }) {
  const bare = words.trim();
  const at = words.indexOf(bare);
  return <>{words.slice(0, at)}<span class="changed-words">{spelled(bare)}</span>{words.slice(at + bare.length)}</>;
}

/** Which blocks are near the window, and a way to draw one at once. What was drawn stays. */
function useNear(box: RefObject<HTMLDivElement | null>, nBlocks: number): { shown: ReadonlySet<number>; show(block: number): void } {
  const [shown, setShown] = useState<ReadonlySet<number>>(() => new Set(Array.from({ length: Math.min(nBlocks, 12) }, (_, n) => n)));
  useEffect(() => {
    const add = (blocks: number[]) => setShown((before) => (blocks.every((n) => before.has(n)) ? before : new Set([...before, ...blocks])));
    const observer = new IntersectionObserver(
      (entries) => add(entries.filter((entry) => entry.isIntersecting).map((entry) => Number((entry.target as HTMLElement).dataset["block"]))),
      { root: box.current, rootMargin: "1200px 0px" },
    );
    for (const block of box.current?.querySelectorAll("[data-block]") ?? []) observer.observe(block);
    return () => observer.disconnect();
  }, [nBlocks]);
  return { shown, show: (block) => setShown((before) => new Set([...before, block - 1, block, block + 1])) };
}

/** Scrolls the box, and only the box, so that a place stands a third below its top. Repeated, for drawing moves what is below. */
function bring(box: HTMLDivElement | null, blocks: TextBlock[], { start, passage }: { start: number; passage: number }, show: (block: number) => void): void {
  const block = blocks.findIndex((one) => start < one.end);
  if (!box || block < 0) return;
  show(block);
  const settle = (rounds: number) => {
    const element = box.querySelector(`[data-block="${block}"]`);
    const target = element?.querySelector(`[data-p="${passage}"]`) ?? element;
    if (target) box.scrollTop += target.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    if (rounds > 0) requestAnimationFrame(() => settle(rounds - 1));
  };
  requestAnimationFrame(() => settle(4));
}

/**
 * Outlets against outlets, darker for more, with a key. The cell under the pointer, or the one that the arrow keys are at, is read out
 * beside the key; where cells have room their values are written in.
 */
import { useMemo, useState } from "preact/hooks";
import { useApp } from "../app";
import { clipped, isolated } from "../strings/clip";

/** Tones of cells that hold something; their squares are even steps, so that few are told apart. */
const TONES = 7;

/** Longest name shown, in characters, and the width of one, about. */
const [NAME, NAME_PIXELS] = [22, 7];

/** Sides of a cell: at least as much as a line of its name takes, so that upright names never touch; from SLANTED on, names lean. */
const [LEAST, MOST, SLANTED, ROOM] = [17, 44, 26, 620];

interface Props {
  names: string[];
  value(row: number, column: number): number | null;
  say(value: number): string;
  label: string;
  onOpen(row: number, column: number): void;
}

interface Place {
  row: number;
  column: number;
}

const STEPS: Record<string, Place> = { ArrowUp: { row: -1, column: 0 }, ArrowDown: { row: 1, column: 0 }, ArrowLeft: { row: 0, column: -1 }, ArrowRight: { row: 0, column: 1 } };

export function Heatmap({ names, value, say, label, onOpen }: Props) {
  const { t } = useApp();
  const [at, setAt] = useState<Place | null>(null);
  const n = names.length;
  const cell = Math.max(LEAST, Math.min(MOST, Math.floor(ROOM / n)));
  const leaning = cell >= SLANTED;
  const longest = Math.max(...names.map((name) => clipped(name, NAME).length)) * NAME_PIXELS;
  const [left, top] = [Math.max(60, longest + 14), Math.max(44, longest * (leaning ? 0.77 : 1) + 18)];
  const [width, height] = [left + n * cell + (leaning ? Math.max(20, longest * 0.64) : 4), top + n * cell + 4];
  const cells = useMemo(() => names.flatMap((_, row) => names.map((_, column) => ({ row, column, value: value(row, column) }))), [value]);
  const most = Math.max(...cells.map((it) => it.value ?? 0), 1e-9);
  // A few small counts have a tone each.
  const isFew = most <= TONES && cells.every((it) => Number.isInteger(it.value ?? 0));
  const tone = (value: number) => Math.max(1, Math.ceil((isFew ? value / most : Math.sqrt(value / most)) * TONES));
  const tones = isFew ? Array.from({ length: most }, (_, n) => n + 1) : Array.from({ length: TONES }, (_, n) => ((n + 0.5) / TONES) ** 2 * most);
  const place = ({ row, column }: Place) => ({ x: left + column * cell, y: top + row * cell });
  const walk = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (event.key === "Enter" && at) onOpen(at.row, at.column);
    if (!step) return;
    event.preventDefault();
    const to = at ? { row: at.row + step.row, column: at.column + step.column } : { row: 0, column: 0 };
    if (names[to.row] !== undefined && names[to.column] !== undefined) setAt(to);
  };
  const under = (event: MouseEvent): Place | null => {
    const found = event.target instanceof Element ? event.target.closest<SVGElement>("[data-cell]")?.dataset["cell"]?.split("/").map(Number) : undefined;
    return found ? { row: found[0]!, column: found[1]! } : null;
  };
  const open = (event: MouseEvent) => {
    const it = under(event);
    if (it && cells[it.row * n + it.column]!.value !== null) onOpen(it.row, it.column);
  };
  const drawn = useMemo(() => cells.map((it) => {
    const { x, y } = place(it);
    const level = it.value === null ? 0 : tone(it.value);
    return (
      <g key={`${it.row}/${it.column}`} data-cell={`${it.row}/${it.column}`} class={`cell level${level}${it.row === it.column ? " diagonal" : ""}`}>
        <rect x={x + 1} y={y + 1} width={cell - 2} height={cell - 2} rx="1.5" />
        {it.value !== null && cell >= 26 && <text x={x + cell / 2} y={y + cell / 2 + 4} text-anchor="middle">{say(it.value)}</text>}
      </g>
    );
  }), [cells]);
  const read = at && cells[at.row * n + at.column];
  return (
    <>
      <div class="chart-key">
        <span class="tones" aria-hidden="true">
          {t.outletsView.none}
          <svg class="heatmap" viewBox={`0 0 ${(tones.length + 1) * 18} 14`} width={(tones.length + 1) * 18} height="14">
            {[0, ...tones].map((it, n) => <g key={n} class={`cell level${n === 0 ? 0 : tone(it)}`}><rect x={n * 18 + 1} y="1" width="15" height="12" rx="1.5" /></g>)}
          </svg>
          {isFew && most > 1 && `${say(1)} – `}{say(most)}
        </span>
        <output class={read ? "readout" : "readout muted"}>
          {read ? t.outletsView.cell(isolated(names[read.row]!), isolated(names[read.column]!), read.value === null ? t.outletsView.none : say(read.value)) : t.outletsView.matrixHint}
        </output>
      </div>
      <div class="scroll-x" tabIndex={0} role="group" aria-label={label} onKeyDown={walk} onBlur={() => setAt(null)} onPointerOver={(event) => setAt(under(event))} onPointerLeave={() => setAt(null)} onClick={open}>
        <svg class="chart heatmap" viewBox={`0 0 ${width} ${height}`} style={{ minWidth: `${width}px`, maxWidth: `${width * 1.15}px` }} role="img" aria-label={label}>
          {names.map((name, k) => (
            <g key={k}>
              <text class="row-name" x={left - 8} y={top + k * cell + cell / 2 + 4} text-anchor="end">{clipped(name, NAME)}</text>
              <text class="row-name" transform={`translate(${left + k * cell + cell / 2 + 4} ${top - 8}) rotate(${leaning ? -50 : -90})`}>{clipped(name, NAME)}</text>
            </g>
          ))}
          {drawn}
          {at && <rect class="cursor" {...place(at)} width={cell} height={cell} rx="2" />}
        </svg>
      </div>
    </>
  );
}

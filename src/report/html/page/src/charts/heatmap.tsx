/** Outlets against outlets, darker for more, with a key. Each cell says its value; where it has room it is written in. */
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
}

export function Heatmap({ names, value, say, label }: Props) {
  const { t } = useApp();
  const n = names.length;
  const cell = Math.max(LEAST, Math.min(MOST, Math.floor(ROOM / n)));
  const leaning = cell >= SLANTED;
  const longest = Math.max(...names.map((name) => clipped(name, NAME).length)) * NAME_PIXELS;
  const [left, top] = [Math.max(60, longest + 14), Math.max(44, longest * (leaning ? 0.77 : 1) + 18)];
  const [width, height] = [left + n * cell + (leaning ? Math.max(20, longest * 0.64) : 4), top + n * cell + 4];
  const cells = names.flatMap((_, row) => names.map((_, column) => ({ row, column, value: value(row, column) })));
  const most = Math.max(...cells.map((it) => it.value ?? 0), 1e-9);
  const tone = (share: number) => Math.max(1, Math.ceil(Math.sqrt(share) * TONES));
  return (
    <>
      <p class="heat-key" aria-hidden="true">
        {t.outletsView.none}
        <svg class="heatmap" viewBox={`0 0 ${(TONES + 1) * 18} 14`} width={(TONES + 1) * 18} height="14">
          {Array.from({ length: TONES + 1 }, (_, level) => <g key={level} class={`cell level${level}`}><rect x={level * 18 + 1} y="1" width="15" height="12" rx="1.5" /></g>)}
        </svg>
        {say(most)}
      </p>
      <div class="scroll-x" tabIndex={0} role="group" aria-label={label}>
        <svg class="chart heatmap" viewBox={`0 0 ${width} ${height}`} style={{ minWidth: `${width}px`, maxWidth: `${width * 1.15}px` }} role="img" aria-label={label}>
          {names.map((name, k) => (
            <g key={k}>
              <text class="row-name" x={left - 8} y={top + k * cell + cell / 2 + 4} text-anchor="end">{clipped(name, NAME)}</text>
              <text class="row-name" transform={`translate(${left + k * cell + cell / 2 + 4} ${top - 8}) rotate(${leaning ? -50 : -90})`}>{clipped(name, NAME)}</text>
            </g>
          ))}
          {cells.map((it) => {
            const [x, y] = [left + it.column * cell, top + it.row * cell];
            const level = it.value === null ? 0 : tone(it.value / most);
            return (
              <g key={`${it.row}/${it.column}`} class={`cell level${level}${it.row === it.column ? " diagonal" : ""}`}>
                <rect x={x + 1} y={y + 1} width={cell - 2} height={cell - 2} rx="1.5">
                  <title>{t.outletsView.cell(isolated(names[it.row]!), isolated(names[it.column]!), it.value === null ? "0" : say(it.value))}</title>
                </rect>
                {it.value !== null && cell >= 26 && <text x={x + cell / 2} y={y + cell / 2 + 4} text-anchor="middle">{say(it.value)}</text>}
              </g>
            );
          })}
        </svg>
      </div>
    </>
  );
}

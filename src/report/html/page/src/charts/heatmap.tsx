/** Outlets against outlets, darker for more. Each cell says its value; on a small matrix it is written in. */
import { useApp } from "../app";
import { clipped } from "../strings/clip";

interface Props {
  names: string[];
  value(row: number, column: number): number | null;
  say(value: number): string;
  label: string;
}

export function Heatmap({ names, value, say, label }: Props) {
  const { t } = useApp();
  const n = names.length;
  const cell = Math.max(14, Math.min(44, Math.floor(620 / n)));
  const [left, top] = [170, 120];
  const [width, height] = [left + n * cell + 90, top + n * cell + 4];
  const cells = names.flatMap((_, row) => names.map((_, column) => ({ row, column, value: value(row, column) })));
  const most = Math.max(...cells.map((it) => it.value ?? 0), 1e-9);
  const tone = (share: number) => Math.max(1, Math.ceil(Math.sqrt(share) * 7));
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={label}>
      <svg class="chart heatmap" viewBox={`0 0 ${width} ${height}`} style={{ minWidth: `${Math.min(width, 640)}px`, maxWidth: `${width * 1.15}px` }} role="img" aria-label={label}>
        {names.map((name, k) => (
          <g key={k}>
            <text class="row-name" x={left - 8} y={top + k * cell + cell / 2 + 4} text-anchor="end">{clipped(name, 22)}</text>
            <text class="row-name" transform={`translate(${left + k * cell + cell / 2 + 4} ${top - 8}) rotate(-50)`}>{clipped(name, 22)}</text>
          </g>
        ))}
        {cells.map((it) => {
          const [x, y] = [left + it.column * cell, top + it.row * cell];
          const level = it.value === null ? 0 : tone(it.value / most);
          return (
            <g key={`${it.row}/${it.column}`} class={`cell level${level}${it.row === it.column ? " diagonal" : ""}`}>
              <rect x={x + 1} y={y + 1} width={cell - 2} height={cell - 2} rx="1.5">
                <title>{t.outletsView.cell(names[it.row]!, names[it.column]!, it.value === null ? "0" : say(it.value))}</title>
              </rect>
              {it.value !== null && cell >= 30 && <text x={x + cell / 2} y={y + cell / 2 + 4} text-anchor="middle">{say(it.value)}</text>}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

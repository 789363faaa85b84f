/** A falling line of counts, with a mark at the value chosen. */
import { useApp } from "../app";
import type { Point } from "../data/curves";
import { linear, ticks } from "./scale";
import { useWidth } from "./width";

const [HEIGHT, LEFT, RIGHT, BOTTOM, TOP] = [184, 44, 10, 40, 34];

interface Props {
  points: Point[];
  at: number;
  label: string;
  xTitle: string;
  yTitle: string;
  /** Text of a value on the x axis. */
  say(x: number): string;
  marksAt: number[];
}

export function Curve({ points, at, label, xTitle, yTitle, say, marksAt }: Props) {
  const { f } = useApp();
  const [box, width] = useWidth(440);
  const marks = ticks(Math.max(...points.map((point) => point.y), 1));
  const most = points[points.length - 1]!.x;
  const y = linear(0, marks[marks.length - 1]!, HEIGHT - BOTTOM, TOP);
  const x = linear(0, most, LEFT, width - RIGHT);
  const line = points.map((point, n) => (n === 0 ? `M${x(point.x)} ${y(point.y)}` : `H${x(point.x)}V${y(point.y)}`)).join("");
  const chosen = [...points].reverse().find((point) => point.x <= at + 1e-9) ?? points[0]!;
  return (
    <div ref={box}>
      <svg class="chart curve" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={`${label}. ${say(chosen.x)}: ${f.whole(chosen.y)}`}>
        {marks.map((mark) => (
          <g key={mark}>
            <line class="grid" x1={LEFT} x2={width - RIGHT} y1={y(mark)} y2={y(mark)} />
            <text class="tick" x={LEFT - 6} y={y(mark) + 4} text-anchor="end">{f.whole(mark)}</text>
          </g>
        ))}
        {marksAt.map((mark) => <text key={mark} class="tick" x={x(mark)} y={HEIGHT - BOTTOM + 15} text-anchor={mark === most ? "end" : "middle"}>{say(mark)}</text>)}
        <text class="axis" x={width - RIGHT} y={HEIGHT - 2} text-anchor="end">{xTitle}</text>
        <text class="axis" x={0} y={10}>{yTitle}</text>
        <path class="line" d={line} />
        <line class="drop" x1={x(Math.min(at, most))} x2={x(Math.min(at, most))} y1={y(chosen.y)} y2={y(0)} />
        <circle class="dot" cx={x(Math.min(at, most))} cy={y(chosen.y)} r="4.5" />
        <text class="value" x={x(Math.min(at, most)) + (at > most * 0.8 ? -8 : 8)} y={y(chosen.y) - 7} text-anchor={at > most * 0.8 ? "end" : "start"}>{f.whole(chosen.y)}</text>
      </svg>
    </div>
  );
}

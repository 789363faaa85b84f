/** Counts by share in twentieths, with the threshold drawn in. What lies below it is pale and hatched. */
import { useApp } from "../app";
import { BINS } from "../data/curves";
import { linear, ticks } from "./scale";
import { useWidth } from "./width";

/** The style sheet sets the slider below between LEFT and RIGHT. */
const [LEFT, RIGHT, BOTTOM, TOP] = [44, 8, 40, 24];

/** Width of a digit over a bar. */
const DIGIT = 6.5;

export function Histogram({ bins, threshold, label, yTitle, xTitle }: { bins: number[]; threshold: number; label: string; yTitle: string; xTitle: string }) {
  const { f } = useApp();
  const [box, width] = useWidth(640);
  const height = width < 480 ? 240 : 370;
  const marks = ticks(Math.max(...bins, 1));
  const y = linear(0, marks[marks.length - 1]!, height - BOTTOM, TOP);
  const x = linear(0, 1, LEFT, width - RIGHT);
  const summary = bins.map((n, bin) => (n > 0 ? `${Math.round((bin / BINS) * 100)}–${Math.round(((bin + 1) / BINS) * 100)}%: ${n}` : "")).filter(Boolean).join("; ");
  return (
    <div ref={box}>
      <svg class="chart histogram" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${label}. ${summary}`}>
        {marks.map((mark) => (
          <g key={mark}>
            <line class="grid" x1={LEFT} x2={width - RIGHT} y1={y(mark)} y2={y(mark)} />
            <text class="tick" x={LEFT - 6} y={y(mark) + 4} text-anchor="end">{f.whole(mark)}</text>
          </g>
        ))}
        {bins.map((n, bin) => {
          const below = (bin + 1) / BINS <= threshold + 1e-9;
          const [wide, value] = [x(1 / BINS) - x(0), f.whole(n)];
          // A number that has no room is read at the pointer.
          return n > 0 && (
            <g key={bin}>
              <rect class={below ? "bin below" : "bin"} x={x(bin / BINS) + 1} width={wide - 2} y={y(n)} height={y(0) - y(n)}><title>{`${Math.round((bin / BINS) * 100)}–${Math.round(((bin + 1) / BINS) * 100)}%: ${value}`}</title></rect>
              {value.length * DIGIT <= wide && <text class="bin-value" x={x((bin + 0.5) / BINS)} y={y(n) - 4} text-anchor="middle">{value}</text>}
            </g>
          );
        })}
        {[0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => <text key={share} class="tick" x={x(share)} y={height - BOTTOM + 15} text-anchor={share === 1 ? "end" : "middle"}>{`${Math.round(share * 100)}%`}</text>)}
        <text class="axis" x={width - RIGHT} y={height - 2} text-anchor="end">{xTitle}</text>
        <text class="axis" x={0} y={10}>{yTitle}</text>
        <g class="threshold">
          <line x1={x(threshold)} x2={x(threshold)} y1={TOP} y2={height - BOTTOM} />
          <text x={x(threshold) + (threshold > 0.85 ? -5 : 5)} y={TOP + 10} text-anchor={threshold > 0.85 ? "end" : "start"}>{f.percent(threshold)}</text>
        </g>
      </svg>
    </div>
  );
}

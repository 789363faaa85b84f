/** Passages of a pair by their places in both texts. Off the diagonal is what was moved. */
import { useApp } from "../app";
import { clipped } from "../strings/clip";

interface Segment {
  a: [number, number];
  b: [number, number];
  counts: boolean;
}

const SIZE = 220;

export function DotPlot({ segments, aName, bName }: { segments: Segment[]; aName: string; bName: string }) {
  const { t } = useApp();
  const at = (share: number) => (share * SIZE).toFixed(1);
  const path = (counts: boolean) => segments.filter((s) => s.counts === counts).map((s) => `M${at(s.a[0])} ${at(s.b[0])}L${at(s.a[1])} ${at(s.b[1])}`).join("");
  return (
    <figure class="dotplot">
      <figcaption><h3>{t.pair.dots}</h3></figcaption>
      <svg class="chart" viewBox={`-4 -16 ${SIZE + 8} ${SIZE + 20}`} role="img" aria-label={`${t.pair.dots}. ${t.pair.dotsNote}`}>
        <rect class="field" width={SIZE} height={SIZE} />
        <line class="grid" x1="0" y1="0" x2={SIZE} y2={SIZE} />
        <path class="segment off" d={path(false)} />
        <path class="segment" d={path(true)} />
        <text class="axis" x="0" y="-5">{clipped(aName, 26)} →</text>
        <text class="axis" x={SIZE} y={SIZE - 6} text-anchor="end">{clipped(bName, 26)} ↓</text>
      </svg>
      <p class="note">{t.pair.dotsNote}</p>
    </figure>
  );
}

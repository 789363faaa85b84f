/** A text from beginning to end as a strip, with what is shared as dark bars. */
export interface Stretch {
  /** 0 to 1 of the text. */
  start: number;
  end: number;
  tone?: string;
  key?: number;
}

const WIDTH = 1000;

export function Barcode({ stretches, label, onPick, active = -1, tall = false }: { stretches: Stretch[]; label: string; onPick?(key: number): void; active?: number; tall?: boolean }) {
  const bar = ({ start, end }: Stretch) => `M${(start * WIDTH).toFixed(1)} 0h${Math.max((end - start) * WIDTH, 1.5).toFixed(1)}v10H${(start * WIDTH).toFixed(1)}z`;
  // One path a tone: thousands of bars stay one element.
  const tones = new Map<string, string>();
  for (const stretch of stretches) tones.set(stretch.tone ?? "", (tones.get(stretch.tone ?? "") ?? "") + bar(stretch));
  const chosen = stretches.find((stretch) => stretch.key === active);
  const pick = (event: MouseEvent) => {
    const box = (event.currentTarget as SVGElement).getBoundingClientRect();
    const place = (event.clientX - box.left) / box.width;
    const distance = (s: Stretch) => (place < s.start ? s.start - place : place > s.end ? place - s.end : 0);
    const nearest = [...stretches].sort((x, y) => distance(x) - distance(y))[0];
    if (nearest?.key !== undefined) onPick?.(nearest.key);
  };
  return (
    <svg class={`barcode${tall ? " tall" : ""}${onPick ? " pick" : ""}`} viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" role="img" aria-label={label} {...(onPick ? { onClick: pick } : {})}>
      <rect class="strip" width={WIDTH} height="10" />
      {[...tones].map(([tone, path]) => <path key={tone} class={`code ${tone}`} d={path} />)}
      {chosen && <path class="code chosen" d={bar(chosen)} />}
    </svg>
  );
}

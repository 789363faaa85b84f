/** A share as a bar and a number. */
import { useApp } from "../app";

export function Share({ share, all }: { share: number; all?: number }) {
  const { f } = useApp();
  const width = (part: number) => ({ width: `${Math.round(part * 1000) / 10}%` });
  return (
    <span class="share">
      <span class="bar" aria-hidden="true">
        {all !== undefined && all > share && <span class="bar-all" style={width(all)} />}
        <span class="bar-fill" style={width(share)} />
      </span>
      <span class="share-number">{f.percent(share)}</span>
    </span>
  );
}

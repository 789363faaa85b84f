/** What the run or this file does not show: inputs not read, remarks, limits reached, words left out. */
import type { ComponentChildren } from "preact";
import { useApp } from "../app";

const SHOWN = 30;

export function Notes() {
  const { report: { core }, t, f } = useApp();
  const place = (path: string | null, line: number | null) => (path === null ? null : <><code><bdi>{path}{line === null ? "" : `:${line}`}</bdi></code> </>);
  const groups: [string, ComponentChildren[]][] = [
    [t.overview.leftOut, core.left_out.map((it) => it.message)],
    [t.overview.bounds, core.bounds.map((it) => it.message)],
    [t.overview.skipped, core.skipped.map((it) => <>{place(it.path, it.line)}<bdi>{it.reason}</bdi>{it.lost && <span class="muted"> ({t.overview.lost})</span>}</>)],
    [t.overview.warnings, core.warnings.map((it) => <>{place(it.path, it.line)}<bdi>{it.message}</bdi></>)],
  ];
  const filled = groups.filter(([, items]) => items.length > 0);
  return (
    <section class="notes" aria-labelledby="notes">
      <h2 id="notes">{t.overview.notes}</h2>
      {filled.length === 0 && <p>{t.overview.none}</p>}
      {filled.map(([title, items]) => (
        <details key={title} open={items.length <= 5}>
          <summary>{title} <span class="count">{f.whole(items.length)}</span></summary>
          <ul>
            {items.slice(0, SHOWN).map((item, n) => <li key={n}>{item}</li>)}
            {items.length > SHOWN && <li class="muted">{t.overview.more(f.whole(items.length - SHOWN))}</li>}
          </ul>
        </details>
      ))}
    </section>
  );
}

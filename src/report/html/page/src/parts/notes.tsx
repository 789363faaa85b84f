/** What the run or this file does not show: inputs not read, remarks, limits reached, words left out. */
import type { ComponentChildren } from "preact";
import { useApp } from "../app";
import { remarksOf, type Remark } from "../data/remarks";

const SHOWN = 30;

export function Notes() {
  const { report: { core }, t, f, href } = useApp();
  const place = (path: string | null, line: number | null) => (path === null ? null : <><code><bdi>{path}{line === null ? "" : `:${line}`}</bdi></code> </>);
  const first = (it: Remark["place"]) =>
    it === null ? null : "doc" in it ? <a href={href("article", core.documents.id[it.doc]!)}><code><bdi>{core.documents.id[it.doc]}</bdi></code></a> : place(it.path, it.line);
  const remark = ({ message, n, place }: Remark) =>
    n === 1 ? <>{first(place)} <bdi>{message}</bdi></> : <><bdi>{message}</bdi> <span class="muted">({place === null ? t.overview.times(f.whole(n)) : <>{first(place)} {t.overview.more(f.whole(n - 1))}</>})</span></>;
  const remarks = remarksOf(core);
  // What it is about, how many, and each.
  const groups: [string, number, ComponentChildren[]][] = [
    [t.overview.leftOut, core.left_out.length, core.left_out.map((it) => it.message)],
    [t.overview.bounds, core.bounds.length, core.bounds.map((it) => it.message)],
    [t.overview.skipped, core.skipped.length, core.skipped.map((it) => <>{place(it.path, it.line)}<bdi>{it.reason}</bdi>{it.lost && <span class="muted"> ({t.overview.lost})</span>}</>)],
    [t.overview.warnings, remarks.reduce((sum, { n }) => sum + n, 0), remarks.map(remark)],
  ];
  const filled = groups.filter(([, n]) => n > 0);
  return (
    <section class="notes" aria-labelledby="notes">
      <h2 id="notes">{t.overview.notes}</h2>
      {filled.length === 0 && <p>{t.overview.none}</p>}
      {filled.map(([title, n, items]) => (
        <details key={title} open={items.length <= 5}>
          <summary>{title} <span class="count">{f.whole(n)}</span></summary>
          <ul>
            {items.slice(0, SHOWN).map((item, k) => <li key={k}>{item}</li>)}
            {items.length > SHOWN && <li class="muted">{t.overview.more(f.whole(items.length - SHOWN))}</li>}
          </ul>
        </details>
      ))}
    </section>
  );
}

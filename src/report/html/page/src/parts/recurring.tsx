/** Wording that recurs in an outlet or that newsrooms fill in anew: the boilerplate report. */
import { useApp } from "../app";
import { excerptOf } from "../data/lists";
import { Chip } from "./names";

const SHOWN = 20;

export function Recurring() {
  const { report, filters, t, f, href } = useApp();
  const { core } = report;
  const { recurring, clusters, sources } = core;
  const tag = (place: number) => t.tags[core.names.tags[place]!] ?? core.names.tags[place]!;
  if (recurring.cluster.length === 0) return null;
  const hasOutlets = sources.length > 0;
  const isOfSeveral = (cluster: number) => new Set(clusters.members[cluster]!.doc.map((doc) => core.documents.source[doc]!).filter((source) => source >= 0)).size > 1;
  const c = t.overview.recurringColumns;
  return (
    <section class="recurring" aria-labelledby="recurring">
      <h2 id="recurring">{t.overview.recurring}</h2>
      <p class="note">{t.overview.recurringNote}</p>
      <div class="scroll-x" tabIndex={0} role="group" aria-labelledby="recurring">
        <table class="plain">
          <thead><tr><th scope="col">{c.wording}</th><th scope="col" class="number">{c.articles}</th><th scope="col" class="number">{c.days}</th><th scope="col" class="number" title={t.overview.recurringWordsMeaning}>{c.words}</th>{hasOutlets && <th scope="col">{c.where}</th>}<th scope="col">{c.why}</th></tr></thead>
          <tbody>
            {recurring.cluster.slice(0, SHOWN).map((cluster, n) => (
              <tr key={n} class={filters.excluded.has(recurring.tag[n]!) ? "off" : ""}>
                <td class="wide"><a href={href("passage", clusters.id[cluster]!)}><bdi>{excerptOf(report, cluster)}</bdi></a></td>
                <td class="number">{f.whole(recurring.n_docs[n]!)}</td>
                <td class="number">{recurring.n_days[n]! > 0 ? f.whole(recurring.n_days[n]!) : "–"}</td>
                <td class="number">{f.whole(recurring.matched_words[n]!)}</td>
                {hasOutlets && <td><bdi>{sources[recurring.source[n]!] ?? (isOfSeveral(cluster) ? t.overview.severalOutlets : "–")}</bdi></td>}
                <td><Chip name={tag(recurring.tag[n]!)} title={t.tagMeaning[core.names.tags[recurring.tag[n]!]!] ?? ""} off={filters.excluded.has(recurring.tag[n]!)} /> <bdi>{t.fact(recurring.fact[n]!)}</bdi></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {recurring.cluster.length > SHOWN && <p class="note">{t.overview.more(f.whole(recurring.cluster.length - SHOWN))}</p>}
    </section>
  );
}

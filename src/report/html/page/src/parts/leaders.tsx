/** The heads of two lists: the passages carried widest, the articles with the most shared wording. */
import { useMemo } from "preact/hooks";
import { useApp } from "../app";
import { excerptOf, heads, ranked } from "../data/lists";
import { Share } from "./bar";
import { Dateline, DocumentLink } from "./names";

const SHOWN = 6;

export function Widest({ rows }: { rows: number[] }) {
  const { report, t, f, href } = useApp();
  const { clusters } = report.core;
  const leading = useMemo(() => heads(report.core, rows, SHOWN), [rows]);
  if (rows.length === 0) return null;
  return (
    <section class="leaders" aria-labelledby="widest">
      <h2 id="widest">{t.overview.widest}</h2>
      <ol>
        {leading.map(({ cluster, inside }) => (
          <li key={cluster}>
            <a class="excerpt" href={href("passage", clusters.id[cluster]!)}><bdi>{excerptOf(report, cluster)}</bdi></a>
            <p class="facts">
              {clusters.n_sources[cluster]! > 0 && <><b>{t.outlets(clusters.n_sources[cluster]!, f.whole(clusters.n_sources[cluster]!))}</b>, </>}
              {t.articles(clusters.n_docs[cluster]!, f.whole(clusters.n_docs[cluster]!))}, {t.words(clusters.words_median[cluster]!, f.whole(Math.round(clusters.words_median[cluster]!)))}
              {inside > 0 && <>, {t.overview.inside(t.passages(inside, f.whole(inside)))}</>}
            </p>
          </li>
        ))}
      </ol>
      {rows.length > leading.length && <p><a class="more" href={href("passages")}>{t.overview.widestAll(t.passages(rows.length, f.whole(rows.length)))}</a></p>}
    </section>
  );
}

export function LeastOriginal() {
  const { report, totals, t, f, href } = useApp();
  const rows = useMemo(() => ranked(totals.documents.share), [totals]);
  if (rows.length === 0) return null;
  return (
    <section class="leaders" aria-labelledby="least-original">
      <h2 id="least-original">{t.overview.leastOriginal}</h2>
      <ol>
        {rows.slice(0, SHOWN).map((doc) => (
          <li key={doc}>
            <DocumentLink doc={doc} />
            <p class="facts shared"><Share share={totals.documents.share[doc]!} /> <Dateline doc={doc} /></p>
          </li>
        ))}
      </ol>
      <p class="note">{t.overview.leastOriginalNote}</p>
      {rows.length > SHOWN && <p><a class="more" href={href("articles")}>{t.overview.widestAll(t.articles(report.nDocuments, f.whole(report.nDocuments)))}</a></p>}
    </section>
  );
}

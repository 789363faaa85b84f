/** Whose copy the articles say they carry, agency by agency, with the articles. */
import { useMemo } from "preact/hooks";
import { useApp } from "../app";
import { creditsOf } from "../data/credits";
import { Share } from "./bar";
import { Dateline, DocumentLink } from "./names";

/** Agencies, and articles of each, at most. */
const [AGENCIES, ARTICLES] = [12, 100];

export function Credits() {
  const { report, totals, t, f } = useApp();
  const rows = useMemo(() => creditsOf(report.core), [report]);
  if (rows.length === 0) return null;
  const all = new Set(rows.flatMap(({ docs }) => docs)).size;
  return (
    <section class="credits" aria-labelledby="credits">
      <h2 id="credits">{t.overview.credits}</h2>
      <p class="note">{t.overview.creditsNote(t.articles(all, f.whole(all)), f.whole(report.nDocuments), all)}</p>
      {rows.slice(0, AGENCIES).map(({ name, docs, nSources }) => (
        <details key={name}>
          <summary>
            <bdi>{name}</bdi> <span class="count">{t.articles(docs.length, f.whole(docs.length))}{nSources > 0 && ` · ${t.outlets(nSources, f.whole(nSources))}`}</span>
          </summary>
          <ul>
            {docs.slice(0, ARTICLES).map((doc) => (
              <li key={doc} class="facts shared"><DocumentLink doc={doc} /> <Share share={totals.documents.share[doc]!} /> <Dateline doc={doc} /></li>
            ))}
            {docs.length > ARTICLES && <li class="muted">{t.overview.more(f.whole(docs.length - ARTICLES))}</li>}
          </ul>
        </details>
      ))}
      {rows.length > AGENCIES && <p class="muted">{t.overview.more(f.whole(rows.length - AGENCIES))}</p>}
    </section>
  );
}

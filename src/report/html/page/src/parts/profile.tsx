/** Where in an article shared wording stands: the first, middle and last third. */
import { useMemo } from "preact/hooks";
import { useApp } from "../app";
import { thirds } from "../data/curves";
import { Share } from "./bar";

export function Profile() {
  const { report, totals, t, f } = useApp();
  const { matched, words } = useMemo(() => thirds(report, totals), [totals]);
  if (words[0] + words[2] === 0) return null;
  const shared = matched[0] + matched[1] + matched[2];
  const [first, middle, last] = matched.map((part) => f.percent(part / Math.max(shared, 1))) as [string, string, string];
  return (
    <section class="profile" aria-labelledby="profile">
      <h2 id="profile">{t.overview.profile}</h2>
      <p>{t.overview.profileSentence(first, middle, last)}</p>
      <h3>{t.overview.profilePlot}</h3>
      <dl>
        {t.overview.thirds.map((name, third) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd><Share share={matched[third]! / Math.max(words[third]!, 1)} /> <span class="muted">{t.of(f.whole(matched[third]!), t.words(words[third]!, f.whole(words[third]!)))}</span></dd>
          </div>
        ))}
      </dl>
      <p class="note">{t.overview.profileNote}</p>
    </section>
  );
}

/** A pair in one plain sentence, and what is known about its order and origin. */
import { useApp, type App } from "../app";
import type { Sides } from "../data/pairing";
import { calledIn, Chip, Dateline, firstOfPair, tagsOfPair } from "./names";
import { NEAR_DUPLICATE } from "../data/recount";

/** The article the sentence is about: the later one; where no order is known, the one with the larger share. */
function subject(app: App, pair: number): number {
  const { core } = app.report;
  const first = firstOfPair(app, pair);
  const [a, b] = [core.pairs.a[pair]!, core.pairs.b[pair]!];
  if (first >= 0) return first === a ? b : a;
  return app.totals.pairs.bCoverage[pair]! > app.totals.pairs.aCoverage[pair]! ? b : a;
}

export function PairSentence({ pair }: { pair: number }) {
  const app = useApp();
  const { t, f, report: { core }, totals: { pairs } } = app;
  const doc = subject(app, pair);
  const isA = doc === core.pairs.a[pair];
  const other = isA ? core.pairs.b[pair]! : core.pairs.a[pair]!;
  const [share, words] = [(isA ? pairs.aCoverage : pairs.bCoverage)[pair]!, core.documents.n_words[doc]!];
  const excluded = pairs.excludedWords[pair]!;
  const rest = excluded > 0 ? t.pair.excludedToo(excluded, t.words(excluded, f.whole(excluded))) : "";
  if (pairs.counting[pair] === 0) return <p class="lede">{t.pair.nothing}{rest}</p>;
  const [opening, count, ending] = t.pair.sentence(
    f.percent(share), f.whole(Math.round(share * words)), f.whole(words), pairs.counting[pair]!,
    t.passages(pairs.counting[pair]!, f.whole(pairs.counting[pair]!)), t.words(pairs.longest[pair]!, f.whole(pairs.longest[pair]!)),
  );
  return (
    <p class="lede" data-matched={pairs.matched[pair]}>
      {opening}<Quoted doc={doc} beside={other} />{count}<Quoted doc={other} beside={doc} />{ending}
      {orderSaid(app, pair)}{rest}
    </p>
  );
}

/** A title in quotation marks, with outlet and date where the other one has the same. */
function Quoted({ doc, beside }: { doc: number; beside: number }) {
  const { f } = useApp();
  return <><bdi>“{f.title(doc)}”</bdi>{f.title(doc) === f.title(beside) && <> (<Dateline doc={doc} />)</>}</>;
}

function orderSaid(app: App, pair: number): string {
  const { t, f, report: { core } } = app;
  if (firstOfPair(app, pair) < 0) return core.names.orders[core.pairs.order[pair]!] === "same" ? t.pair.sameTime : t.pair.orderUnknown;
  const lag = core.pairs.lag[pair] ?? null;
  return lag === null ? t.pair.laterUnknown : t.pair.later(f.duration(lag));
}

export function Evidence({ pair, sides }: { pair: number; sides: Sides }) {
  const app = useApp();
  const { t, report: { core }, totals: { pairs } } = app;
  const evidence = core.pairs.evidence[pair]!;
  const origin = core.names.origins[core.pairs.origin[pair]!]!;
  const says = (order: number) => {
    const name = core.names.orders[order];
    if (name === "a_first" || name === "b_first") {
      const doc = (name === "a_first") === sides.turned ? sides.right : sides.left;
      return <><bdi>{calledIn(app, pair, doc)}</bdi> {t.evidenceSays.first}</>;
    }
    return name === "same" ? t.evidenceSays.same : t.evidenceSays.unknown;
  };
  const bothDated = [core.pairs.a[pair]!, core.pairs.b[pair]!].every((doc) => (core.documents.seconds[doc] ?? null) !== null);
  const isCopy = Math.min(pairs.aCoverage[pair]!, pairs.bCoverage[pair]!) >= NEAR_DUPLICATE;
  return (
    <div class="evidence">
      <section>
        <h2>{t.pair.evidence}</h2>
        {evidence.length === 0 ? <p class="muted">{firstOfPair(app, pair) >= 0 ? t.pair.byDates : bothDated ? t.pair.datesTooCoarse : t.pair.noEvidence}</p> : (
          <ul>
            {evidence.map(([kind, order, fact], n) => (
              <li key={n}><b>{t.evidence[core.names.evidence[kind]!] ?? core.names.evidence[kind]}</b> · {says(order)}: <bdi>{t.fact(fact)}</bdi></li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h2>{t.pair.origin}</h2>
        <p>
          {origin === "undetermined" ? <span class="muted"><bdi>{t.pair.noOrigin(t.fact(core.pairs.origin_fact[pair] ?? ""))}</bdi></span> : <><b>{t.origins[origin] ?? origin}</b>: <bdi>{t.fact(core.pairs.origin_fact[pair] ?? t.originMeaning[origin] ?? "")}</bdi></>}
        </p>
        <p class="chips">
          {isCopy && <Chip name={t.pair.nearDuplicate} title="" />}
          {core.pairs.first_match[pair] && <Chip name={t.pair.firstMatch} title={t.pair.firstMatchMeaning} />}
          {tagsOfPair(app, pair).map((tag) => {
            const name = core.names.tags[tag]!;
            return <Chip key={tag} name={t.tags[name] ?? name} title={t.tagMeaning[name] ?? ""} off={app.filters.excluded.has(tag)} />;
          })}
        </p>
      </section>
    </div>
  );
}

/** Two articles: a sentence, the evidence on who was first, then both texts with their shared passages, side by side or row by row. */
import { useMemo, useState } from "preact/hooks";
import { useApp, useKeys, type App } from "../app";
import { Barcode, type Stretch } from "../charts/barcode";
import { DotPlot } from "../charts/dotplot";
import { cut } from "../data/marks";
import { isReordered, marked, sidesOf, type Sides } from "../data/pairing";
import type { Text } from "../data/text";
import { whyOf } from "../parts/failures";
import { diffsOf, textOf, useLoaded } from "../parts/load";
import { calledIn, Dateline, DocumentLink, firstOfPair } from "../parts/names";
import { usePrinting } from "../parts/printing";
import { Reader, HUES, LINES, type Look } from "../parts/reader";
import { Findings, Summary } from "../parts/findings";
import { Evidence, PairSentence } from "../parts/said";
import { Rows } from "../parts/rows";
import { NotFound } from "./missing";

export function Pair() {
  const app = useApp();
  const pair = app.report.pairById.get(app.route.id);
  return pair === undefined ? <NotFound id={app.route.id} /> : <PairOf pair={pair} />;
}

/** What both layouts draw. */
export interface Drawn {
  pair: number;
  sides: Sides;
  texts: [Text, Text];
  diffs: number[][] | null;
  looks: Look[];
  /** Passages of the pair. */
  n: number;
  first: number;
}

function PairOf({ pair }: { pair: number }) {
  const app = useApp();
  const { report, t } = app;
  const { core } = report;
  const sides = sidesOf(report, pair, standsTurned(app, pair));
  const loaded = useLoaded(core.pairs.id[pair]!, () => Promise.all([textOf(core, core.pairs.a[pair]!), textOf(core, core.pairs.b[pair]!), diffsOf(core, pair)]));
  const first = core.pairs.first[pair]!;
  const n = core.pairs.first[pair + 1]! - first;
  const looks = useMemo(() => looksOf(app, pair), [app.totals, pair]);
  const dots = useMemo(() => segments(app, pair, sides), [app.totals, pair, sides.turned]);
  return (
    <article class="pair">
      <p class="kicker">{t.pair.of}</p>
      <h1 class="pair-title">
        <DocumentLink doc={sides.left} />
        <span class="against" aria-hidden="true">↔</span>
        <DocumentLink doc={sides.right} />
      </h1>
      <PairSentence pair={pair} />
      <Evidence pair={pair} sides={sides} />
      {loaded.state === "waiting" && <p class="waiting">{t.loading}</p>}
      {loaded.state === "failed" && <p class="empty">{whyOf(loaded.error, t)}</p>}
      {loaded.state === "there" && (
        <Layouts drawn={{ pair, sides, texts: sides.turned ? [loaded.value[1], loaded.value[0]] : [loaded.value[0], loaded.value[1]], diffs: loaded.value[2], looks, n, first }} />
      )}
      {isReordered(report, pair) && (
        <DotPlot aName={calledIn(app, pair, sides.left)} bName={calledIn(app, pair, sides.right)} segments={dots} />
      )}
    </article>
  );
}

/** b stands left if it appeared first; the reader may turn that. */
function standsTurned(app: App, pair: number): boolean {
  const first = firstOfPair(app, pair);
  return (first === app.report.core.pairs.b[pair] && first >= 0) !== (app.route.params.get("swap") === "1");
}

function looksOf({ report: { core }, totals, f }: App, pair: number): Look[] {
  const first = core.pairs.first[pair]!;
  return Array.from({ length: core.pairs.first[pair + 1]! - first }, (_, n) => ({
    label: f.whole(n + 1), hue: n % HUES, line: n % LINES, off: totals.reason[first + n]! >= 0,
  }));
}

function segments({ report: { core, passages }, totals }: App, pair: number, { turned, left, right }: Sides) {
  const { n_words } = core.documents;
  const place = (first: number[], length: number[], doc: number, p: number): [number, number] =>
    [first[p]! / Math.max(n_words[doc]!, 1), (first[p]! + length[p]!) / Math.max(n_words[doc]!, 1)];
  const found = [];
  for (let p = core.pairs.first[pair]!; p < core.pairs.first[pair + 1]!; p++) {
    const a = place(passages.a_word, passages.a_words, turned ? right : left, p);
    const b = place(passages.b_word, passages.b_words, turned ? left : right, p);
    found.push({ a: turned ? b : a, b: turned ? a : b, counts: totals.reason[p]! < 0 });
  }
  return found;
}

function Layouts({ drawn }: { drawn: Drawn }) {
  const { t, f, route, set } = useApp();
  // Printed, a pair is its passages row by row.
  const printing = usePrinting();
  const at = Math.min(Math.max(Number(route.params.get("passage") ?? 0) || 0, 0), drawn.n);
  // Without a word of either text, its passages by their lines are all there is.
  const isBlank = drawn.texts.every((text) => text.parts.length === 0);
  const rows = isBlank || route.params.get("layout") === "rows" || printing;
  const [step, setStep] = useState<Step>({ at, call: 0, pane: null });
  const choose = (n: number, pane: Step["pane"] = null) => {
    const next = Math.min(Math.max(n, 1), drawn.n);
    setStep({ at: next, call: step.call + 1, pane });
    set({ passage: String(next) });
  };
  useKeys({
    n: () => choose(at + 1),
    p: () => choose(at - 1),
    s: () => set({ swap: route.params.get("swap") === "1" ? "" : "1" }),
  });
  return (
    <section class="layouts">
      <div class="bar-tools">
        <div class="stepper">
          <button type="button" onClick={() => choose(at - 1)} disabled={at <= 1} aria-label={t.pair.previous} title={`${t.pair.previous} (p)`}>←</button>
          <output data-position={at}>{at === 0 ? t.pair.choose(t.passages(drawn.n, f.whole(drawn.n))) : t.pair.position(f.whole(at), f.whole(drawn.n))}</output>
          <button type="button" onClick={() => choose(at + 1)} disabled={at >= drawn.n} aria-label={t.pair.next} title={`${t.pair.next} (n)`}>→</button>
        </div>
        {!isBlank && (
          <div class="segmented" role="group" aria-label={t.pair.mode}>
            <button type="button" aria-pressed={!rows} onClick={() => set({ layout: "" })}>{t.pair.side}</button>
            <button type="button" aria-pressed={rows} onClick={() => set({ layout: "rows" })}>{t.pair.rows}</button>
          </div>
        )}
        <button type="button" class="plain" onClick={() => set({ swap: route.params.get("swap") === "1" ? "" : "1" })} title={`${t.pair.swap} (s)`}>⇄ {t.pair.swap}</button>
        <label class="toggle"><input type="checkbox" checked={route.params.get("zones") === "1"} onChange={(event) => set({ zones: event.currentTarget.checked ? "1" : "" })} /> {t.pair.zones}</label>
        <Key />
      </div>
      {drawn.diffs === null && <p class="note">{t.pair.noDiff}</p>}
      {rows ? <Rows drawn={drawn} at={at} choose={choose} printing={printing} /> : <Panes drawn={drawn} at={at} step={step.at === at ? step : { at, call: step.call, pane: null }} choose={choose} />}
    </section>
  );
}

/** The last choice of a passage: the pane it was made in stays where it is, the other one follows. */
interface Step {
  at: number;
  call: number;
  pane: "left" | "right" | null;
}

function Key() {
  const { t } = useApp();
  return (
    <details class="legend">
      <summary>{t.pair.legend}</summary>
      <ul>
        <li><mark class="mark hue0 line0" data-label="1">{t.pair.legendShared}</mark></li>
        <li><mark class="mark hue0 line0 change-replaced"><span class="changed-words">{t.pair.legendChanged}</span></mark></li>
        <li><mark class="mark hue0 line0 change-number"><span class="changed-words">{t.pair.legendFact}</span></mark></li>
        <li><mark class="mark hue0 line0 change-moved_away"><span class="changed-words">{t.pair.legendMoved}</span></mark></li>
        <li><mark class="mark hue0 line0 off">{t.pair.legendExcluded}</mark></li>
      </ul>
    </details>
  );
}

/** What was found about the passage that is read. */
function Chosen({ drawn, at }: { drawn: Drawn; at: number }) {
  const { t } = useApp();
  if (at === 0) return <p class="chosen-passage note">{t.pair.chooseHint}</p>;
  const passage = drawn.first + at - 1;
  return (
    <div class="chosen-passage" role="status">
      <p class="facts">
        <span class={`badge hue${drawn.looks[at - 1]!.hue}`}>{drawn.looks[at - 1]!.label}</span>
        <Summary passage={passage} turned={drawn.sides.turned} />
      </p>
      <Findings passage={passage} sides={drawn.sides} texts={drawn.texts} />
    </div>
  );
}

interface PanesProps {
  drawn: Drawn;
  at: number;
  step: Step;
  choose(n: number, pane?: Step["pane"]): void;
}

function Panes(props: PanesProps) {
  const { drawn } = props;
  const app = useApp();
  const { t, route, set } = app;
  const shown = route.params.get("pane") === "right" ? "right" : "left";
  return (
    <>
      <div class="segmented pane-switch" role="group" aria-label={t.pair.only}>
        <button type="button" aria-pressed={shown === "left"} onClick={() => set({ pane: "" })}><bdi>{calledIn(app, drawn.pair, drawn.sides.left)}</bdi></button>
        <button type="button" aria-pressed={shown === "right"} onClick={() => set({ pane: "right" })}><bdi>{calledIn(app, drawn.pair, drawn.sides.right)}</bdi></button>
      </div>
      <Chosen drawn={drawn} at={props.at} />
      <div class={`panes show-${shown}`}>
        <Pane {...props} isLeft />
        <Pane {...props} isLeft={false} />
      </div>
    </>
  );
}

function Pane({ drawn, isLeft, at, step, choose }: PanesProps & { isLeft: boolean }) {
  const { report, totals, t, f, route } = useApp();
  const { pair, sides, looks, diffs } = drawn;
  const doc = isLeft ? sides.left : sides.right;
  const isA = isLeft !== sides.turned;
  const text = drawn.texts[isLeft ? 0 : 1];
  const passages = useMemo(() => marked(report, pair, isA, diffs), [pair, isA, diffs]);
  const pieces = useMemo(() => cut(text.length, passages, report.core.documents.zones[doc] ?? []), [text, passages]);
  const chosen = passages[at - 1];
  const side = isLeft ? "left" : "right";
  const stretches: Stretch[] = useMemo(
    () => passages.map(({ start, end }, n) => ({ start: start / Math.max(text.length, 1), end: end / Math.max(text.length, 1), tone: looks[n]!.off ? "off" : "", key: n + 1 })),
    [passages, looks],
  );
  const coverage = (isA ? totals.pairs.aCoverage : totals.pairs.bCoverage)[pair]!;
  return (
    <section class={isLeft ? "pane left" : "pane right"} data-doc={report.core.documents.id[doc]}>
      <header>
        <h2><DocumentLink doc={doc} /></h2>
        <p><Dateline doc={doc} /> <span class="muted">· {f.percent(coverage)}, {t.words(report.core.documents.n_words[doc]!, f.whole(report.core.documents.n_words[doc]!))}</span></p>
        <Barcode stretches={stretches} label={t.article.barcode} active={at} onPick={choose} />
      </header>
      {text.parts.length === 0 ? <p class="empty">{t.pair.noText}</p> : (
        <Reader
          text={text} pieces={pieces} looks={looks} label={t.pair.pane(f.title(doc))} zones={route.params.get("zones") === "1"}
          active={chosen ? { passage: at - 1, start: chosen.start, end: chosen.end } : null}
          onPick={(passage) => choose(passage + 1, side)}
          reveal={chosen && step.pane !== side ? { start: chosen.start, passage: at - 1, call: `${step.call}/${at}` } : null}
        />
      )}
    </section>
  );
}

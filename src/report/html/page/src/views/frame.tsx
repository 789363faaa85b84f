/** The frame around all views: masthead, what counts, the view that the fragment names, help. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { AppProvider, useKeys, type App } from "../app";
import { recount } from "../data/recount";
import type { Report } from "../data/report";
import { readFilters, writeFilters } from "../state/filters";
import { formatRoute, parseRoute, toView, withParams, type Route, type View } from "../state/route";
import type { Format } from "../strings/format";
import type { Strings } from "../strings/en";
import { Counting } from "../parts/counting";
import { Help } from "../parts/help";
import { Theme } from "../parts/theme";
import { Article } from "./article";
import { Articles } from "./articles";
import { Boundary } from "./boundary";
import { Method } from "./method";
import { Outlets } from "./outlets";
import { Overview } from "./overview";
import { Pair } from "./pair";
import { Passage } from "./passage";
import { PassageList } from "./passages";

const VIEWS: Record<View, () => preact.JSX.Element> = {
  overview: Overview, articles: Articles, article: Article, pair: Pair, passages: PassageList, passage: Passage, outlets: Outlets, method: Method,
};

const TABS: View[] = ["overview", "articles", "passages", "outlets", "method"];

export function Frame({ report, t, f }: { report: Report; t: Strings; f: Format }) {
  const [route, navigate] = useRoute();
  const [help, setHelp] = useState(false);
  const filters = readFilters(report.core, route);
  const key = JSON.stringify(writeFilters(report.core, filters));
  const totals = useMemo(() => recount(report, filters), [report, key]);
  const app: App = {
    report, totals, filters, route, t, f,
    href: (view, id = "", more = {}) => formatRoute(toView(route, view, id, more)),
    go: (view, id = "", more = {}) => navigate(toView(route, view, id, more), false),
    set: (changes) => navigate(withParams(parseRoute(location.hash), changes), true),
    setFilters: (changed) => navigate(withParams(parseRoute(location.hash), writeFilters(report.core, changed)), true),
  };
  const place = `${route.view}/${route.id}`;
  useArrival(place, `${titleOf(app)} – ${t.report}`);
  useKeys({
    "?": () => setHelp(true),
    "/": () => search(app),
    Escape: () => closeLegend() || (route.view !== "overview" && app.go("overview")),
  });
  const View = VIEWS[route.view];
  return (
    <AppProvider value={app}>
      <a class="skip" href="#content" onClick={focusContent}>{t.skip}</a>
      <header class="masthead">
        <p class="wordmark"><a href={app.href("overview")}>wirecopy</a></p>
        <nav aria-label={t.navigation}>
          {TABS.map((view) => (
            <a key={view} href={app.href(view)} aria-current={tabOf(route.view) === view ? "page" : undefined}>{t.views[view]}</a>
          ))}
        </nav>
        <div class="tools">
          <Theme />
          <button type="button" class="icon" aria-label={t.help} title={t.help} onClick={() => setHelp(true)}>?</button>
        </div>
      </header>
      <Counting />
      <main id="content" tabIndex={-1} class={`view view-${route.view}`}>
        <Boundary key={place} t={t} home={app.href("overview")}><View /></Boundary>
      </main>
      <Help open={help} onClose={() => setHelp(false)} />
    </AppProvider>
  );
}

/** The route in the address, and how to change it. Replacing leaves no step in the history. */
function useRoute(): [Route, (route: Route, replace: boolean) => void] {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const listen = () => setRoute(parseRoute(location.hash));
    window.addEventListener("hashchange", listen);
    window.addEventListener("popstate", listen);
    return () => {
      window.removeEventListener("hashchange", listen);
      window.removeEventListener("popstate", listen);
    };
  }, []);
  const navigate = (next: Route, replace: boolean) => {
    const fragment = formatRoute(next);
    if (fragment === location.hash) return;
    if (!replace) location.hash = fragment;
    else {
      history.replaceState(null, "", fragment);
      setRoute(next);
    }
  };
  return [route, navigate];
}

/** A new view begins at its top, with its name in the title. Going back restores where the reader was. */
function useArrival(place: string, title: string): void {
  const left = useRef(new Map<string, number>());
  useEffect(() => {
    document.title = title;
  }, [title]);
  const arrived = useRef(false);
  useEffect(() => {
    // The keyboard goes on in the new view; the first one is where the browser put it.
    if (arrived.current) document.getElementById("content")?.focus({ preventScroll: true });
    arrived.current = true;
    window.scrollTo(0, left.current.get(place) ?? 0);
    const remember = () => left.current.set(place, window.scrollY);
    window.addEventListener("scroll", remember, { passive: true });
    return () => window.removeEventListener("scroll", remember);
  }, [place]);
}

function titleOf({ report, route, t, f }: App): string {
  const { core, pairById, documentById } = report;
  if (route.view === "pair") {
    const pair = pairById.get(route.id);
    if (pair !== undefined) return `${f.title(core.pairs.a[pair]!)} · ${f.title(core.pairs.b[pair]!)}`;
  }
  if (route.view === "article") {
    const doc = documentById.get(route.id);
    if (doc !== undefined) return f.title(doc);
  }
  return t.views[route.view];
}

function tabOf(view: View): View {
  const parents: Partial<Record<View, View>> = { pair: "overview", article: "articles", passage: "passages" };
  return parents[view] ?? view;
}

function focusContent(event: Event): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}

/** Whether there was an open legend to close. */
function closeLegend(): boolean {
  const legend = document.querySelector<HTMLDetailsElement>("details.legend[open]");
  if (legend) legend.open = false;
  return legend !== null;
}

/** The search field of this view; of the overview where this one has none. */
function search(app: App): void {
  const field = () => document.querySelector<HTMLInputElement>("input[type=search]");
  if (field()) {
    field()?.focus();
    return;
  }
  app.go("overview");
  setTimeout(() => field()?.focus(), 60);
}

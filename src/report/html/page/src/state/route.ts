/**
 * In: the URL's fragment. Out: which view with which switches, and back. The fragment is the only state of the page, so that what is
 * seen can be linked, and the back button leads to what was seen before. `#/pair/ID?passage=3&exclude=quoted`.
 */

export type View = "overview" | "articles" | "article" | "pair" | "passages" | "passage" | "outlets" | "method";

const VIEWS: readonly string[] = ["overview", "articles", "article", "pair", "passages", "passage", "outlets", "method"];

export interface Route {
  view: View;
  /** Of the article, pair or passage. */
  id: string;
  params: ReadonlyMap<string, string>;
}

export function parseRoute(fragment: string): Route {
  const [path = "", query = ""] = split(fragment.replace(/^#\/?/, ""), "?");
  const [view = "", id = ""] = split(path, "/");
  const params = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) params.set(name, value);
  return { view: VIEWS.includes(view) ? (view as View) : "overview", id: decoded(id), params };
}

export function formatRoute({ view, id, params }: Route): string {
  const query = new URLSearchParams([...params].filter(([, value]) => value !== "")).toString();
  const path = id === "" ? view : `${view}/${encodeURIComponent(id)}`;
  return `#/${path}${query === "" ? "" : `?${query}`}`;
}

/** The route with some parameters changed; an empty value takes one away. */
export function withParams(route: Route, changes: Record<string, string>): Route {
  const params = new Map(route.params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") params.delete(name);
    else params.set(name, value);
  }
  return { ...route, params };
}

/** Parameters that go along from view to view: what counts. */
export const SHARED = ["exclude", "same", "min", "words"] as const;

/** Another view with the same switches. */
export function toView(route: Route, view: View, id = "", more: Record<string, string> = {}): Route {
  const kept = new Map([...route.params].filter(([name]) => (SHARED as readonly string[]).includes(name)));
  return withParams({ view, id, params: kept }, more);
}

function split(text: string, at: string): [string, string] {
  const place = text.indexOf(at);
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place + 1)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

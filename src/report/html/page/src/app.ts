/** What every view is given: the report, the totals with the present switches, the words, and how to go elsewhere. */
import { createContext } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import type { Report } from "./data/report";
import type { Filters, Totals } from "./data/recount";
import type { Route, View } from "./state/route";
import type { Format } from "./strings/format";
import type { Strings } from "./strings/en";

export interface App {
  report: Report;
  totals: Totals;
  filters: Filters;
  route: Route;
  t: Strings;
  f: Format;
  /** The fragment of another view with the same switches. */
  href(view: View, id?: string, more?: Record<string, string>): string;
  go(view: View, id?: string, more?: Record<string, string>): void;
  /** Changes parameters of this view, without a step in the history. */
  set(changes: Record<string, string>): void;
  setFilters(filters: Filters): void;
}

const Context = createContext<App | null>(null);

export const AppProvider = Context.Provider;

export function useApp(): App {
  const app = useContext(Context);
  if (!app) throw new Error("a view stands outside of the app");
  return app;
}

/** Calls a handler for a key pressed outside of fields. The handlers may change from one drawing to the next. */
export function useKeys(handlers: Record<string, (event: KeyboardEvent) => void>): void {
  const current = useRef(handlers);
  current.current = handlers;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
      const handler = Object.hasOwn(current.current, event.key) ? current.current[event.key] : undefined;
      if (!handler || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      handler(event);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches("input:not([type=checkbox], [type=radio], [type=range]), select, textarea") || target.isContentEditable);
}

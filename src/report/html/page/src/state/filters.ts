/** In: parameters of the route and the settings of the run. Out: what counts, and back. A switch that stands where the run had it is not written. */
import type { Core } from "../data";
import type { Filters } from "../data/recount";
import type { Route } from "./route";

export function runFilters({ settings, names }: Core): Filters {
  const tags = Array.isArray(settings["exclude_tags"]) ? settings["exclude_tags"] : [];
  const places = tags.map((tag) => names.tags.indexOf(String(tag))).filter((place) => place >= 0);
  return {
    excluded: new Set(places),
    skipSameSource: settings["skip_same_source"] === true,
    minCoverage: typeof settings["min_coverage"] === "number" ? settings["min_coverage"] : 0,
    minWords: 0,
  };
}

/** Nothing left out, at the same least share. */
export function countAll(filters: Filters): Filters {
  return { ...filters, excluded: new Set(), skipSameSource: false, minWords: 0 };
}

export function readFilters(core: Core, { params }: Route): Filters {
  const run = runFilters(core);
  const [exclude, same] = [params.get("exclude"), params.get("same")];
  return {
    excluded: exclude === undefined ? run.excluded : new Set(exclude.split(",").map((tag) => core.names.tags.indexOf(tag)).filter((place) => place >= 0)),
    skipSameSource: same === undefined ? run.skipSameSource : same === "skip",
    minCoverage: Math.max(run.minCoverage, Math.min(number(params.get("min")) / 100, 1)),
    minWords: number(params.get("words")),
  };
}

export function writeFilters(core: Core, filters: Filters): Record<string, string> {
  const run = runFilters(core);
  const names = (places: ReadonlySet<number>) => core.names.tags.filter((_, place) => places.has(place)).join(",");
  const excluded = names(filters.excluded);
  return {
    exclude: excluded === names(run.excluded) ? "" : excluded || "none",
    same: filters.skipSameSource === run.skipSameSource ? "" : filters.skipSameSource ? "skip" : "keep",
    min: filters.minCoverage === run.minCoverage ? "" : String(Math.round(filters.minCoverage * 1e4) / 100),
    words: filters.minWords > 0 ? String(filters.minWords) : "",
  };
}

/** Whether the run left out the same tags. */
export function hasRunTags(core: Core, { excluded }: Filters): boolean {
  const run = runFilters(core).excluded;
  return run.size === excluded.size && [...run].every((tag) => excluded.has(tag));
}

export function isRun(core: Core, filters: Filters): boolean {
  return Object.values(writeFilters(core, filters)).every((value) => value === "");
}

function number(text: string | undefined): number {
  const value = Number(text ?? 0);
  return Number.isFinite(value) && value > 0 ? value : 0;
}

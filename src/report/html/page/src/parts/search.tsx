/** A field to search a table by. Escape empties it, and once more leaves it, so that the keys of the page work again. */
import { useApp } from "../app";

export function Search({ label }: { label: string }) {
  const { route, set } = useApp();
  const query = route.params.get("q") ?? "";
  return (
    <input type="search" placeholder={label} aria-label={label} value={query}
      onInput={(event) => set({ q: event.currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        if (query === "") event.currentTarget.blur();
        else set({ q: "" });
      }}
    />
  );
}

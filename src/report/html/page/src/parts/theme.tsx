/** The switch between light and dark: as the system has it, light, dark. Lasts as long as the page is open. */
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../app";

const THEMES = ["auto", "light", "dark"] as const;

export function Theme() {
  const { t } = useApp();
  const [theme, setTheme] = useState<(typeof THEMES)[number]>("auto");
  useEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  const label = `${t.theme}: ${t.themes[theme]}`;
  return (
    <button type="button" class="icon" aria-label={label} title={label} onClick={() => setTheme(next)}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5" />
        {theme === "auto" && <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor" />}
        {theme === "dark" && <circle cx="8" cy="8" r="6.25" fill="currentColor" />}
      </svg>
    </button>
  );
}

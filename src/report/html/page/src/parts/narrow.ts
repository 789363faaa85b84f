/** Whether the screen is narrow, as `style/cards.css` has it; for what a style sheet cannot set, such as the height of rows. */
import { useEffect, useState } from "preact/hooks";

const NARROW = "screen and (max-width: 62rem)";

export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const listen = () => setNarrow(query.matches);
    query.addEventListener("change", listen);
    return () => query.removeEventListener("change", listen);
  }, []);
  return narrow;
}

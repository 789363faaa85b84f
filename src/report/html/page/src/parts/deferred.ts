/** A value that follows another one once it rests, so that typing does not wait for 50,000 rows to be sorted. */
import { useEffect, useState } from "preact/hooks";

const REST_MS = 90;

export function useDeferred<T>(value: T): T {
  const [deferred, setDeferred] = useState(value);
  useEffect(() => {
    if (value === deferred) return;
    const timer = setTimeout(() => setDeferred(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return deferred;
}

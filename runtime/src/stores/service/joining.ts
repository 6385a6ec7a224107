/** Calls with the same key that are made while one is under way get its result: a burst of writes asks a service once. */
export function joining<Value>(call: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const running = new Map<string, Promise<Value>>();
  return (key) => {
    const found = running.get(key);
    if (found !== undefined) return found;
    const started = call(key).finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}

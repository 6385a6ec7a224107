/** The result of `make`, created on first use and kept. */
export function once<Value>(make: () => Value): () => Value {
  let result: { readonly value: Value } | null = null;
  return () => {
    result ??= { value: make() };
    return result.value;
  };
}

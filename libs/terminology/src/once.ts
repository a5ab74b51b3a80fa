/** What was made before, or what is made now; what cannot be made is asked again the next time. */
export function onceIf<T>(made: Map<string, T>, key: string, make: () => T | undefined): T | undefined {
  const known = made.get(key);
  if (known !== undefined) return known;
  const value = make();
  if (value !== undefined) made.set(key, value);
  return value;
}

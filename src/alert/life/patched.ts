/** A thing with some of its values changed; the very same thing when they are what they were, so that nothing is stored. */
export const patched = <Thing extends object>(
  thing: Thing,
  patch: { readonly [Key in keyof Thing]?: Thing[Key] },
): Thing => {
  const isSame = Object.entries(patch).every(([key, value]) => Object.is(Reflect.get(thing, key), value));
  return isSame ? thing : { ...thing, ...patch };
};

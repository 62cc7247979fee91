type Schema = null | boolean | number | string | readonly Schema[] | { readonly [key: string]: Schema };

/**
 * Does the newer of two forms (JSON schemas) of a command ask for nothing but what the older asks for? It may have more fields that need not be
 * said: whoever says none of them writes a command that both take.
 */
export const isExtended = (older: string, newer: string): boolean =>
  older === newer || fits(JSON.parse(older) as Schema, JSON.parse(newer) as Schema);

function fits(older: Schema, newer: Schema): boolean {
  if (!isNode(older) || !isNode(newer)) return older === newer;
  if (Array.isArray(older) !== Array.isArray(newer)) return false;
  const isObject = 'properties' in older && 'properties' in newer;
  const keys = [...new Set([...Object.keys(older), ...Object.keys(newer)])];
  return keys.every((key) => {
    const [was, is] = [own(older, key), own(newer, key)];
    return isObject && key === 'properties'
      ? fieldsFit(was, is, own(newer, 'required'))
      : was !== undefined && is !== undefined && fits(was, is);
  });
}

/** Every field is there, and what is new is not among those that must be. */
function fieldsFit(older: Schema | undefined, newer: Schema | undefined, required: Schema | undefined): boolean {
  if (!isNode(older) || !isNode(newer)) return false;
  const isAsked = (name: string): boolean => Array.isArray(required) && required.includes(name);
  const isThere = Object.keys(older).every((name) => own(newer, name) !== undefined);
  return (
    isThere &&
    Object.entries(newer).every(([name, is]) => {
      const was = own(older, name);
      return was === undefined ? !isAsked(name) : fits(was, is);
    })
  );
}

type Node = Readonly<Record<string, Schema>>;
const isNode = (schema: Schema | undefined): schema is Node => typeof schema === 'object' && schema !== null;
const own = (node: Node, key: string): Schema | undefined => (Object.hasOwn(node, key) ? node[key] : undefined);

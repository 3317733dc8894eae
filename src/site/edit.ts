/**
 * Writes a changed site into its file, so that what did not change stays as somebody wrote it: comments, order, quotes
 * and blank lines.
 */
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  parse,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const idOf = (value: unknown): unknown => (isPlain(value) ? value['id'] : undefined);

/** Same content, whatever the order of keys. */
const isSame = (a: unknown, b: unknown): boolean => {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (!isPlain(a) || !isPlain(b)) return Object.is(a, b);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
};

class Editor {
  readonly #document: Document;

  constructor(document: Document) {
    this.#document = document;
  }

  /** The node to stand where `node` stood, for a value. */
  #fit(node: unknown, value: unknown): unknown {
    if (isMap(node) && isPlain(value)) return this.#fitMap(node, value);
    if (isSeq(node) && Array.isArray(value)) return this.#fitSeq(node, value);
    if (!isScalar(node) || typeof value === 'object') return this.#document.createNode(value);
    // A number keeps the way it was written as long as it stays the same.
    if (!Object.is(node.value, value)) {
      node.value = value;
      delete node.source;
      delete node.format;
      delete node.minFractionDigits;
    }
    return node;
  }

  #fitMap(node: YAMLMap, value: Plain): YAMLMap {
    const has: unknown = node.toJS(this.#document);
    const before: Plain = isPlain(has) ? has : {};
    for (const key of Object.keys(before)) if (!Object.hasOwn(value, key)) node.delete(key);
    for (const [key, item] of Object.entries(value)) {
      if (Object.hasOwn(before, key) && isSame(before[key], item)) continue;
      node.set(key, this.#fit(node.get(key, true), item));
    }
    return node;
  }

  /** An item that has a name is known by it wherever it goes, and takes its comments along. */
  #fitSeq(node: YAMLSeq, value: readonly unknown[]): YAMLSeq {
    const has: unknown = node.toJS(this.#document);
    const before: readonly unknown[] = Array.isArray(has) ? has : [];
    const named = value.every((item) => idOf(item) !== undefined);
    const items = [...node.items];
    const [first] = items;
    // What stands above the first item is said of the list; it goes with the item.
    if (named && isMap(first) && node.commentBefore) {
      first.commentBefore = node.commentBefore;
      delete node.commentBefore;
    }
    node.items = value.map((item, i) => {
      const at = named ? this.#homeOf(item, i, before, value) : i;
      return at < 0 || isSame(before[at], item)
        ? (items[at] ?? this.#document.createNode(item))
        : this.#fit(items[at], item);
    });
    return node;
  }

  /** The item of the same name; else the one in its place whose name is gone: it was renamed. */
  #homeOf(item: unknown, i: number, before: readonly unknown[], value: readonly unknown[]): number {
    const at = before.findIndex((other) => idOf(other) === idOf(item));
    const isGone = at < 0 && i < before.length && !value.some((other) => idOf(other) === idOf(before[i]));
    return isGone ? i : at;
  }

  rewrite(value: Plain): void {
    const { contents } = this.#document;
    this.#document.contents = isMap(contents) ? this.#fitMap(contents, value) : this.#document.createNode(value);
  }
}

/**
 * The text of a site file after a change.
 *
 * @param text    of the file as it is; it has to be YAML
 * @param written the whole site, as a file has it: what is missing is taken out
 */
export const editSiteText = (text: string, written: Plain): string => {
  const document = parseDocument(text, { prettyErrors: false });
  new Editor(document).rewrite(written);
  const edited = document.toString({ lineWidth: 120, flowCollectionPadding: true });
  // Where one place of the file stands for another, changing one changed both: then it is written out.
  return isSame(parse(edited), written) ? edited : stringify(written, { aliasDuplicateObjects: false });
};

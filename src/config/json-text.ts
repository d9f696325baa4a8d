// Reads JSON as JSON.parse does, and also tells where each value stands and which keys are given twice. Comments and a
// comma behind the last entry are let stand, as editors let them in .jsonc files: they decide nothing.
// For configuration files: small, written by hand, and deserving an error message with a line number.

/** Text that is not JSON. `offset` is the first character that cannot be there. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  readonly offset: number;

  constructor(offset: number, expected: string) {
    super(expected);
    this.offset = offset;
  }
}

/** A document with the offset of each value by its path ("venues.0.fees"), and of each repeated key. */
export type JsonText = Readonly<{
  value: unknown;
  offsets: ReadonlyMap<string, number>;
  repeated: readonly Readonly<{ path: string; offset: number }>[];
}>;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Strings hold no raw control character; escapes are judged by JSON.parse on the slice.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the JSON grammar forbids them in a string
const STRING = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y;
const SPACE = /(?:[ \t\r\n]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const WORDS: readonly (readonly [string, unknown])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

/** @throws {JsonSyntaxError} at the first character that is not JSON. */
export function parseJsonText(text: string): JsonText {
  const reader = new JsonReader(text);
  return { value: reader.document(), offsets: reader.offsets, repeated: reader.repeated };
}

/** Line and column, both from 1, of an offset. */
export function placeOf(text: string, offset: number): Readonly<{ line: number; column: number }> {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before[before.length - 1] as string).length + 1 };
}

class JsonReader {
  readonly offsets = new Map<string, number>();
  readonly repeated: { path: string; offset: number }[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith("\ufeff")) this.#at = 1;
  }

  document(): unknown {
    const value = this.#value("");
    this.#space();
    if (this.#at < this.#text.length) this.#fail("the end of the file");
    return value;
  }

  #value(path: string): unknown {
    this.#space();
    this.offsets.set(path, this.#at);
    const next = this.#text[this.#at];
    if (next === "{") return this.#object(path);
    if (next === "[") return this.#array(path);
    if (next === '"') return this.#string();
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    const number = this.#match(NUMBER);
    if (number === undefined) return this.#fail("a value");
    return Number(number);
  }

  #object(path: string): unknown {
    const entries = new Map<string, unknown>();
    this.#at += 1;
    this.#space();
    if (this.#take("}")) return {};
    do {
      this.#space();
      if (entries.size > 0 && this.#text[this.#at] === "}") break;
      const offset = this.#at;
      if (this.#text[offset] !== '"') this.#fail("a key in double quotes");
      const key = this.#string();
      const keyPath = path === "" ? key : `${path}.${key}`;
      if (entries.has(key)) this.repeated.push({ path: keyPath, offset });
      this.#space();
      if (!this.#take(":")) this.#fail('":"');
      entries.set(key, this.#value(keyPath));
      this.offsets.set(keyPath, offset);
      this.#space();
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail('"," or "}"');
    return Object.fromEntries(entries);
  }

  #array(path: string): unknown[] {
    const values: unknown[] = [];
    this.#at += 1;
    this.#space();
    if (this.#take("]")) return values;
    do {
      this.#space();
      if (values.length > 0 && this.#text[this.#at] === "]") break;
      values.push(this.#value(path === "" ? `${values.length}` : `${path}.${values.length}`));
      this.#space();
    } while (this.#take(","));
    if (!this.#take("]")) this.#fail('"," or "]"');
    return values;
  }

  #string(): string {
    const raw = this.#match(STRING);
    if (raw === undefined) return this.#fail("a string that ends on its line");
    try {
      return JSON.parse(raw) as string;
    } catch {
      this.#at -= raw.length;
      return this.#fail("a string with valid escapes");
    }
  }

  #space(): void {
    this.#match(SPACE);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #fail(expected: string): never {
    const found = this.#text[this.#at];
    const was = found === undefined ? "the end of the file" : JSON.stringify(found);
    throw new JsonSyntaxError(this.#at, `expected ${expected}, was ${was}`);
  }
}

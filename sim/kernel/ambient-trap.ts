// While a simulation runs, whatever would make two runs differ throws: wall clock, timers, ambient
// chance, locale, and Math.pow, whose last digit changed between Node 22 and 24. The lint finds
// such a use in our own code; the trap finds it in a library, and names it. It swaps globals once a
// run and costs nothing an event. Syntax (`**`, await) and process.env are the lint's alone.

/** An ambient source was used inside a simulation, by us or by a library of ours. */
export class AmbientUse extends Error {
  override readonly name = "AmbientUse";
  /** The source, as one would write it: "Date.now". */
  readonly source: string;

  constructor(source: string, instead: string) {
    super(`expected no ambient source inside a simulation, was ${source}; use ${instead}`);
    this.source = source;
  }
}

type Properties = Record<PropertyKey, unknown>;
type Swap = Readonly<{
  holder: Properties;
  key: string;
  before: PropertyDescriptor | undefined;
}>;

const TIME = "view.now, or the kernel's clock";
const TIMER = "SetTimer, or a push to the event queue";
const CHANCE = "Rng: a keyed draw of (seed, site, entity, ordinal)";
const LOCALE = "String(), stepsToDecimal and code-unit comparison";

/**
 * Functions that throw: the path from globalThis, and what to use in their place. A function's own
 * properties come before the function. What is not listed stays: Date.UTC and `instanceof Date` are
 * pure.
 */
const FUNCTIONS: readonly (readonly [path: string, instead: string])[] = [
  ["Date.now", TIME],
  ["Date.parse", TIME],
  ["Date", TIME],
  ["Math.random", CHANCE],
  ["Math.pow", "multiplication, or a literal table of powers"],
  ["performance.now", TIME],
  ["process.hrtime.bigint", TIME],
  ["process.hrtime", TIME],
  ["process.nextTick", TIMER],
  ["setTimeout", TIMER],
  ["setInterval", TIMER],
  ["setImmediate", TIMER],
  ["queueMicrotask", TIMER],
  ["crypto.getRandomValues", CHANCE],
  ["crypto.randomUUID", CHANCE],
  ["fetch", "a recording read through a port"],
  ["String.prototype.localeCompare", LOCALE],
  ["String.prototype.toLocaleLowerCase", LOCALE],
  ["String.prototype.toLocaleUpperCase", LOCALE],
  ["Number.prototype.toLocaleString", LOCALE],
  ["BigInt.prototype.toLocaleString", LOCALE],
  ["Array.prototype.toLocaleString", LOCALE],
];

const LOCALES = "Intl";

/** How many runs of the trap are under way; only the outermost one swaps. */
let depth = 0;

/**
 * Runs `run` with the ambient sources trapped, and restores them whatever happens. May be nested.
 * @throws {AmbientUse} out of `run`, at the place of the use.
 * @throws {TypeError} when `run` returns a promise: it would go on after the trap is lifted.
 */
export function withAmbientTrap<T>(run: () => T): T {
  const swaps: Swap[] = [];
  depth += 1;
  try {
    if (depth === 1) trapAll(swaps);
    const result = run();
    if (isThenable(result)) {
      throw new TypeError("expected a synchronous simulation, was one that returned a promise");
    }
    return result;
  } finally {
    depth -= 1;
    for (const swap of swaps.reverse()) restore(swap);
  }
}

/**
 * Swaps every source there is on this platform; `swaps` holds what was done, even when it fails
 * midway.
 */
function trapAll(swaps: Swap[]): void {
  const world = globalThis as Properties; // ambient-ok: this is the one place that swaps the globals
  for (const [path, instead] of FUNCTIONS) {
    const keys = path.split(".");
    const key = keys.pop() as string;
    const holder = keys.reduce<unknown>((at, step) => (at as Properties)?.[step], world);
    const original = (holder as Properties | undefined)?.[key];
    if (typeof original !== "function") continue;
    const fail = (): never => {
      throw new AmbientUse(path, instead);
    };
    const trapped = new Proxy(original, { apply: fail, construct: fail });
    swap(swaps, holder as Properties, key, trapped);
  }
  swap(swaps, world, LOCALES, trappedLocales(world[LOCALES] as object));
}

/** The whole namespace: nothing in it is free of the platform's locale data. */
function trappedLocales(locales: object): object {
  return new Proxy(locales, {
    get(_target, key) {
      throw new AmbientUse(`${LOCALES}.${String(key)}`, LOCALE);
    },
  });
}

function swap(swaps: Swap[], holder: Properties, key: string, value: unknown): void {
  swaps.push({ holder, key, before: Object.getOwnPropertyDescriptor(holder, key) });
  Object.defineProperty(holder, key, { value, configurable: true, writable: true });
}

function restore({ holder, key, before }: Swap): void {
  if (before === undefined) delete holder[key];
  else Object.defineProperty(holder, key, before);
}

function isThenable(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}

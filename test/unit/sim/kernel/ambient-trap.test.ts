import { afterEach, describe, expect, test, vi } from "vitest";
import { AmbientUse, withAmbientTrap } from "../../../../sim/kernel/ambient-trap.ts";

const none = (): void => {};

/** Every trapped source, as code would use it. */
const uses: readonly (readonly [source: string, use: () => unknown])[] = [
  ["Date", () => new Date()],
  ["Date", () => new Date(0)],
  ["Date", () => Date()],
  ["Date.now", () => Date.now()],
  ["Date.parse", () => Date.parse("2024-08-08T00:00:00Z")],
  ["Math.random", () => Math.random()],
  // biome-ignore lint/style/useExponentiationOperator: the function itself is under test
  ["Math.pow", () => Math.pow(2, 10)],
  ["performance.now", () => performance.now()],
  ["process.hrtime", () => process.hrtime()],
  ["process.hrtime.bigint", () => process.hrtime.bigint()],
  ["process.nextTick", () => process.nextTick(none)],
  ["setTimeout", () => clearTimeout(setTimeout(none, 0))],
  ["setInterval", () => clearInterval(setInterval(none, 1000))],
  ["setImmediate", () => clearImmediate(setImmediate(none))],
  ["queueMicrotask", () => queueMicrotask(none)],
  ["crypto.getRandomValues", () => crypto.getRandomValues(new Uint8Array(4))],
  ["crypto.randomUUID", () => crypto.randomUUID()],
  ["Intl.NumberFormat", () => new Intl.NumberFormat("de-CH").format(1)],
  ["Intl.DateTimeFormat", () => new Intl.DateTimeFormat("de-CH").resolvedOptions()],
  ["Intl.Collator", () => new Intl.Collator("de").compare("a", "b")],
  ["String.prototype.localeCompare", () => "a".localeCompare("b")],
  ["String.prototype.toLocaleLowerCase", () => "A".toLocaleLowerCase()],
  ["String.prototype.toLocaleUpperCase", () => "a".toLocaleUpperCase()],
  ["Number.prototype.toLocaleString", () => (1).toLocaleString()],
  ["BigInt.prototype.toLocaleString", () => 1n.toLocaleString()],
  ["Array.prototype.toLocaleString", () => [1].toLocaleString()],
];

/** The descriptors a trap touches, to see that it leaves no trace. */
function globals(): readonly unknown[] {
  const holders = [globalThis, Math, performance, crypto, process, process.hrtime, Date];
  return holders.flatMap((holder) =>
    [
      "Date",
      "Intl",
      "fetch",
      "setTimeout",
      "random",
      "pow",
      "now",
      "parse",
      "hrtime",
      "bigint",
      "randomUUID",
    ].map((key) => Object.getOwnPropertyDescriptor(holder, key)),
  );
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("withAmbientTrap", () => {
  test.each(uses)("makes %s throw inside and work after", (source, use) => {
    let caught: unknown;
    withAmbientTrap(() => {
      try {
        use();
      } catch (error) {
        caught = error;
      }
    });
    expect(caught).toBeInstanceOf(AmbientUse);
    expect((caught as AmbientUse).source).toBe(source);
    expect(use).not.toThrow();
  });

  test("traps fetch, without ever calling it", () => {
    expect(() => withAmbientTrap(() => void fetch("http://localhost/"))).toThrow("was fetch");
  });

  test("names the source and what to use instead", () => {
    expect(() => withAmbientTrap(() => Date.now())).toThrow(
      "expected no ambient source inside a simulation, was Date.now; use view.now",
    );
  });

  test("leaves no trace, whether the run returns or throws", () => {
    const before = globals();
    expect(withAmbientTrap(() => 42)).toBe(42);
    expect(globals()).toEqual(before);
    expect(() =>
      withAmbientTrap(() => {
        throw new Error("strategy failed");
      }),
    ).toThrow("strategy failed");
    expect(globals()).toEqual(before);
  });

  test("stays on in the outer run after an inner one ends", () => {
    withAmbientTrap(() => {
      expect(() => withAmbientTrap(() => Math.random())).toThrow(AmbientUse);
      withAmbientTrap(none);
      expect(() => Math.random()).toThrow(AmbientUse);
    });
    expect(Math.random()).toBeLessThan(1);
  });

  test("leaves what is pure alone", () => {
    const epoch = new Date(0);
    withAmbientTrap(() => {
      expect(Date.UTC(2024, 7, 8)).toBe(1_723_075_200_000);
      expect(epoch instanceof Date).toBe(true);
      expect(Math.sqrt(2) * Math.sqrt(2)).toBeCloseTo(2);
      expect((1.5).toFixed(2)).toBe("1.50");
    });
  });

  test("refuses a run that returns a promise: it would outlive the trap", () => {
    expect(() => withAmbientTrap(() => Promise.resolve(1))).toThrow("synchronous simulation");
    expect(Math.random()).toBeLessThan(1);
  });
});

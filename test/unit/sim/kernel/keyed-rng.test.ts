import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyedRng, randomSite } from "../../../../sim/kernel/keyed-rng.ts";

const SITE = randomSite("test.site");
const key = fc.tuple(fc.nat(), fc.maxSafeNat(), fc.maxSafeNat());

/** Σ (observed − expected)² / expected over the buckets. */
function chiSquare(counts: readonly number[], expected: number): number {
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** For 255 degrees of freedom: mean 255, standard deviation √510 = 22.6; six of them either way. */
const CHI_LOW = 255 - 6 * 22.6;
const CHI_HIGH = 255 + 6 * 22.6;

describe("KeyedRng", () => {
  test("gives a key its own draw, whatever was drawn before", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(key, { minLength: 1 }), (seed, keys) => {
        const forward = new KeyedRng(seed);
        const there = keys.map(([site, entity, ordinal]) => forward.uint32(site, entity, ordinal));
        const backward = new KeyedRng(seed);
        const back = keys
          .toReversed()
          .map((each) => backward.uint32(...each))
          .reverse();
        expect(back).toEqual(there);
      }),
    );
  });

  test("stays in range and on the 2^-32 grid", () => {
    fc.assert(
      fc.property(fc.string(), key, (seed, [site, entity, ordinal]) => {
        const rng = new KeyedRng(seed);
        const word = rng.uint32(site, entity, ordinal);
        expect(word).toBe(word >>> 0);
        expect(rng.unit(site, entity, ordinal)).toBe(word / 2 ** 32);
      }),
    );
  });

  test("pins its values: a run of today repeats tomorrow, on any Node version", () => {
    const rng = new KeyedRng("rehearse");
    const drawn = [
      rng.uint32(SITE, 0, 0),
      rng.uint32(SITE, 0, 1),
      rng.uint32(SITE, 1, 0),
      rng.uint32(0, 0, 0),
      rng.uint32(SITE, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      new KeyedRng("").uint32(SITE, 0, 0),
      new KeyedRng("rehearsf").uint32(SITE, 0, 0),
    ];
    expect(drawn).toEqual([
      2177179431, 1055729414, 1961504824, 2638710805, 3136585721, 1363196677, 662066462,
    ]);
  });

  test.each([
    ["ordinals", (rng: KeyedRng, index: number) => rng.uint32(SITE, 3, index)],
    ["entities", (rng: KeyedRng, index: number) => rng.uint32(SITE, index, 3)],
    ["sites", (rng: KeyedRng, index: number) => rng.uint32(index, 3, 3)],
    ["named sites", (rng: KeyedRng, index: number) => rng.uint32(randomSite(`s${index}`), 0, 0)],
    ["seeds", (_: KeyedRng, index: number) => new KeyedRng(`seed-${index}`).uint32(SITE, 0, 0)],
    ["strides of 2^32", (rng: KeyedRng, index: number) => rng.uint32(SITE, 0, index * 2 ** 32)],
    ["diagonals", (rng: KeyedRng, index: number) => rng.uint32(SITE, index, index)],
  ])("spreads consecutive %s evenly over every byte", (_name, draw) => {
    const rng = new KeyedRng("chi");
    const draws = 1 << 16;
    const words = Uint32Array.from({ length: draws }, (_, index) => draw(rng, index));
    for (const shift of [0, 8, 16, 24]) {
      const counts = new Array<number>(256).fill(0);
      for (const word of words) {
        const byte = (word >>> shift) & 0xff;
        counts[byte] = (counts[byte] ?? 0) + 1;
      }
      const chi = chiSquare(counts, draws / 256);
      expect(chi).toBeGreaterThan(CHI_LOW);
      expect(chi).toBeLessThan(CHI_HIGH);
    }
    // Of n uniform 32-bit draws, n²/2^33 pairs agree: 0.5 here, and 8 is beyond any luck.
    expect(draws - new Set(words).size).toBeLessThan(8);
  });

  test("shows no correlation between neighbours in any coordinate", () => {
    const rng = new KeyedRng("pairs");
    const counts = new Array<number>(256).fill(0);
    const draws = 1 << 16;
    for (let index = 0; index < draws; index += 1) {
      const pair =
        ((rng.uint32(SITE, 0, index) >>> 28) << 4) | (rng.uint32(SITE, 0, index + 1) >>> 28);
      counts[pair] = (counts[pair] ?? 0) + 1;
    }
    const chi = chiSquare(counts, draws / 256);
    expect(chi).toBeGreaterThan(CHI_LOW);
    expect(chi).toBeLessThan(CHI_HIGH);
  });

  test("flips half of the bits when one bit of the key flips", () => {
    const rng = new KeyedRng("avalanche");
    let flipped = 0;
    let trials = 0;
    for (let base = 0; base < 200; base += 1) {
      const drawn = rng.uint32(SITE, base, base * 7);
      for (let bit = 0; bit < 31; bit += 1) {
        for (const other of [
          rng.uint32(SITE ^ (1 << bit), base, base * 7),
          rng.uint32(SITE, base ^ (1 << bit), base * 7),
          rng.uint32(SITE, base, (base * 7) ^ (1 << bit)),
        ]) {
          flipped += [...((drawn ^ other) >>> 0).toString(2)].filter(
            (digit) => digit === "1",
          ).length;
          trials += 32;
        }
      }
    }
    // 595,200 bits: the standard deviation of the mean is 0.0006.
    expect(Math.abs(flipped / trials - 0.5)).toBeLessThan(0.004);
  });
});

describe("randomSite", () => {
  test("is FNV-1a: the published test vectors hold", () => {
    // Source: draft-eastlake-fnv, Appendix C.
    expect(randomSite("a")).toBe(0xe40c292c);
    expect(randomSite("foobar")).toBe(0xbf9cf968);
  });

  test("refuses a site without a name", () => {
    expect(() => randomSite("")).toThrow("has a name");
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { readUtf8, utf8Of } from "../../../src/journal/utf-8.ts";

test("writes and reads what the platform's encoder does", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const bytes = utf8Of(text);
      expect(bytes).toEqual(new TextEncoder().encode(text));
      expect(readUtf8(bytes, 0, bytes.length)).toBe(text);
    }),
  );
});

test("a lone surrogate becomes the replacement character, as the platform has it", () => {
  for (const text of ["\ud800", "a\udc00b", "\ud83d"]) {
    expect(utf8Of(text)).toEqual(new TextEncoder().encode(text));
  }
});

test("long texts come back whole, wherever they leave ASCII", () => {
  for (const length of [4_095, 4_096, 4_097, 10_000]) {
    const text = `${"a".repeat(length)}µ${"b".repeat(length)}`;
    const bytes = utf8Of(text);
    expect(readUtf8(bytes, 0, bytes.length)).toBe(text);
    expect(readUtf8(bytes, 1, length)).toBe("a".repeat(length - 1));
  }
});

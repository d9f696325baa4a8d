import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonSyntaxError, parseJsonText } from "../../../src/config/json-text.ts";

test("reads whatever JSON.stringify writes, as JSON.parse does", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2), (text, indent) => {
      const written = JSON.stringify(JSON.parse(text), undefined, indent);
      expect(parseJsonText(written).value).toEqual(JSON.parse(written));
    }),
  );
});

test("accepts and refuses the same texts as JSON.parse, but for a comma behind the last entry", () => {
  const piece = fc.constantFrom(...'{}[]:,"\\ \n01-.eEtrue', "true", "null", '"a"', "\u0001");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join("");
      let expected: unknown;
      try {
        // In texts of these pieces no string holds a comma before a bracket.
        expected = JSON.parse(text.replace(/(?<=[^[{,:\s]\s*),(?=\s*[}\]])/g, ""));
      } catch {
        expect(() => parseJsonText(text)).toThrow(JsonSyntaxError);
        return;
      }
      expect(parseJsonText(text).value).toEqual(expected);
    }),
    { numRuns: 5_000 },
  );
});

test("knows where each value stands", () => {
  const { offsets } = parseJsonText('{"a": [1, {"b": 2}]}');
  expect(Object.fromEntries(offsets)).toEqual({ "": 0, a: 1, "a.0": 7, "a.1": 10, "a.1.b": 11 });
});

test("lets comments stand wherever space may, and a comma behind the last entry", () => {
  const text = `// a config
{ /* of /* this */ "a": [1, 2, ], // both
  // "b": 3,
  "c": "// no comment /* either */", /* nor
  a value */
} // the end`;
  expect(parseJsonText(text).value).toEqual({ a: [1, 2], c: "// no comment /* either */" });
  for (const bad of ["/* open", "{ / }", "[,]", "{,}", "[1,,]", '{"a": 1,, }']) {
    expect(() => parseJsonText(bad)).toThrow(JsonSyntaxError);
  }
});

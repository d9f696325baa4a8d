// Fields of a line, and those of them that are whole numbers, against the platform's own split and Number.

import fc from "fast-check";
import { expect, test } from "vitest";
import { CsvFields } from "../../../../src/data/fields/csv-fields.ts";

const field = fc.oneof(
  fc.stringMatching(/^-?[0-9]{1,15}$/),
  fc.stringMatching(/^[-+.0-9eE ]{0,4}$/),
  fc.stringMatching(/^[0-9]{16,20}$/),
);

test("fields are what a split at the commas gives, and whole numbers what they say", () => {
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 30 }), (texts) => {
      const bytes = Buffer.from(`x${texts.join(",")}x`, "latin1");
      const fields = new CsvFields();
      fields.split(bytes, 1, bytes.length - 1);
      expect(fields.texts()).toEqual(texts);
      expect(fields.line()).toBe(texts.join(","));
      for (const [index, text] of texts.entries()) {
        const isWhole = /^-?\d{1,15}$/.test(text);
        expect(fields.whole(index)).toBe(isWhole ? Number(text) + 0 : Number.NaN);
      }
      expect(fields.whole(texts.length)).toBeNaN();
    }),
  );
});

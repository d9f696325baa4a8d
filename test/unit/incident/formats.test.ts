// Every form of every format, from a constructed line to what it tells; and garbage, which is accounted for and no more.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LOG_FORMATS } from "../../../src/incident/formats.ts";
import { LogZone } from "../../../src/incident/log-time.ts";
import { eventSchema } from "../../../src/incident/timeline.ts";
import { SAMPLES, toldText } from "../../support/incident-samples.ts";

test("every format has its samples", () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(LOG_FORMATS.map(({ name }) => name).sort());
});

describe.each(LOG_FORMATS)("$name", (format) => {
  const samples = SAMPLES[format.name] ?? [];
  const lines = samples.map(([line]) => line);
  const reader = () => format.reader(new LogZone("Asia/Shanghai"));

  test("reads each form for what it tells", () => {
    const reading = reader();
    for (const [line, ...told] of samples) {
      const read = reading.line(line);
      expect(read.kind, line).toBe("record");
      if (read.kind === "record") expect(read.told.map(toldText), line).toEqual(told);
    }
  });

  test("what it tells is an event, with its decimals as they stood", () => {
    const reading = reader();
    for (const line of lines) {
      const read = reading.line(line);
      if (read.kind !== "record") continue;
      for (const told of read.told) {
        const event = { at: read.at, source: "log:1", ...told };
        expect(eventSchema.parse(event)).toEqual(event);
      }
    }
  });

  test("arbitrary lines never stop it, and what it makes of them is always an event", () => {
    const torn = fc
      .tuple(fc.constantFrom(...lines), fc.nat(400), fc.string())
      .map(([line, at, noise]) => `${line.slice(0, at)}${noise}${line.slice(at)}`);
    const cut = fc
      .tuple(fc.constantFrom(...lines), fc.nat(400))
      .map(([line, at]) => line.slice(0, at));
    const any = fc.oneof(
      ...[fc.string(), fc.string({ unit: "binary" }), fc.json(), fc.constantFrom(...lines)],
      ...[torn, cut],
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 30 }), (told) => {
        const reading = reader();
        for (const line of told) {
          const read = reading.line(line);
          expect(["record", "more", "unknown"]).toContain(read.kind);
          if (read.kind !== "record") continue;
          for (const each of read.told) {
            eventSchema.parse({ at: read.at, source: "log:1", ...each });
          }
        }
      }),
    );
  });
});

// The grid bot's log: acknowledgements are sampled at 5 %, so an absent line proves nothing.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { gridJsonl } from "../../../src/incident/grid-jsonl.ts";
import { importLogs } from "../../../src/incident/import-logs.ts";
import { brokenBy } from "../../../src/incident/invariants.ts";

const folder = mkdtempSync(join(tmpdir(), "rehearse-incident-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const line = (ts: number, event: object) =>
  JSON.stringify({
    ts,
    level: "INFO",
    name: "gridbot",
    msg: JSON.stringify({ coin: "BTC", ...event }),
  });

test("G38 sampled-log-import: forty fills, two acknowledgements: no order is said to have had none", async () => {
  const text = Array.from({ length: 40 }, (_, index) => {
    const order = { side: "buy", px: 65_000, sz: 0.1, oid: 1000 + index };
    const ack = line(index, { event: "order_submit_ack", ...order });
    const fill = line(index + 0.5, {
      ...{ event: "fill", position: (index + 1) / 10 },
      ...order,
    });
    return index % 20 === 0 ? [ack, fill] : [fill];
  }).flat();
  const path = join(folder, "grid.log");
  writeFileSync(path, `${text.join("\n")}\n`);
  const files = [{ name: "grid.log", path }];
  const { incident } = await importLogs({ format: gridJsonl, files, zone: undefined });
  const of = (what: string) => incident.events.filter((each) => each.what === what);
  expect([of("fill").length, of("status").length]).toEqual([40, 2]);
  // Every order is there by its fill; none is refused, timed out, or a breach for want of a line.
  expect(new Set(of("fill").map((each) => each.order)).size).toBe(40);
  expect([of("refused"), of("timed-out"), brokenBy(incident.events)]).toEqual([[], [], []]);
});

// Every indicator's outputs over 20,000 bars made of integers, to the last bit. The digests were the same on Node 20, 22 and
// 24 when they were pinned; one that changes is a change of what bots decide, and belongs in the changelog.
// Against other Node versions: <node> node_modules/vitest/vitest.mjs run test/golden/indicators-digest.test.ts

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { indicatorCases, integerBars } from "../support/indicator-cases.ts";

const BARS = 20_000;

const PINNED: Readonly<Record<string, string>> = {
  sma: "5d789bfbba2a8b93f634dee4dbcd49d389938bf7619c5b69b6033f05fa06c6dc",
  ema: "ebbc7403b2445ab53f828f0e325c4d3ab7de9d9e2f085fe92b12b70bbc7cc7d6",
  "wilder-average": "1bf35e84f51372f01ac96aa77911a0411360e74f4f3f969986d4427c30d69c72",
  macd: "bc2b2be194301bf5ee2c9ddee5851ffae245ed74346107b404146e34242782ba",
  rsi: "c1ce3c945e2fa63e63cc0928e769adc870c1e74da224f798a5d6921d5b3032ff",
  "true-range": "42823eabb59eb7f5705c05b16f9a3b4a50f01a7cd5bed187f4e3531728d5e6dc",
  atr: "bb5173ff172a2bb483b0c0c31c2f51bb55053555de73f6f489cd92dd43359c49",
  "directional-movement": "fe9365c96d31b730717c63d79bd8f3ec0b5d5e4b49bfa777e0fa8f23024c49a3",
  adx: "343db100d1c0fea512a77dcd394a92299261948b090b2c9deb36fc2585de5ad4",
  "bollinger-bands": "e0d213c1604fb33c93991bb31f7ebadbc64d55e60b60c80854af72359035e5c1",
  "relative-volume": "1a5f0098e03908058184288abd32601eb2b83930b6f988459ea19c6262b620cb",
  "rolling-max": "bbbd2d359c4a82ff0cdcd72e887dd3111e6dcd1897c80fdb28ecc4138b5a42b4",
  "rolling-min": "b28ed54571cb7a3604551d2271cc836169ca03e20d77e075ed452233ee5ef244",
  donchian: "f80ac3875e12cede78349a0390d03b120c7418e89178953c020374c4875991f1",
};

const bars = integerBars(BARS);

test("the bars themselves are the pinned ones", () => {
  const hash = createHash("sha256").update(JSON.stringify(bars));
  expect(hash.digest("hex")).toBe(
    "9cbc58cb06798afa84d34575a2e5e260ff165ec1a4462eec533d63c29788c787",
  );
});

test.each(indicatorCases)("$name says the same to the last bit on every engine", (one) => {
  const indicator = one.make();
  const outputs = bars.flatMap((bar) => indicator.update(bar) ?? []);
  expect(outputs.length % (BARS - indicator.warmupBars + 1)).toBe(0);
  const bytes = Buffer.alloc(outputs.length * 8);
  outputs.forEach((output, index) => {
    bytes.writeDoubleLE(output, index * 8);
  });
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(PINNED[one.name]);
});

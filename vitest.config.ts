import { defineConfig } from "vitest/config";

// Where a machine wants to read the outcome, besides what a person reads; set by .ci/run.
const reportFile = process.env.REHEARSE_TEST_REPORT;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["scripts/build-page.mjs"],
    testTimeout: 120_000,
    maxWorkers: 2,
    reporters:
      reportFile === undefined ? ["default"] : ["default", ["json", { outputFile: reportFile }]],
  },
});

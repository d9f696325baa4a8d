#!/usr/bin/env node
// The command `rehearse`. Loads the parser alone; each command loads what it needs when it is called.

import { processIo } from "./cli-io.ts";
import { runCli } from "./program.ts";

// A reader that has seen enough (`| head`) is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(process.exitCode ?? 0);
});

process.exitCode = await runCli(process.argv.slice(2), processIo());

#!/usr/bin/env node
// The command `rehearse`. Loads the parser alone; each command loads what it needs when it is called.

import { processIo } from "./cli-io.ts";
import { runCli } from "./program.ts";

process.exitCode = await runCli(process.argv.slice(2), processIo());

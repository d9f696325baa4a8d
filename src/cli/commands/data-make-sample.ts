// `rehearse data make-sample`: the recordings that come with the package, made anew.

import { resolve } from "node:path";
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";
import { makeSample } from "../make-sample.ts";

export async function dataMakeSample(folder: string, io: CliIo): Promise<ExitCode> {
  for (const { name, file, sha256, bytes } of makeSample(resolve(io.cwd, folder))) {
    io.stdout.write(`${name}  ${file}  ${bytes} bytes  sha256 ${sha256}\n`);
  }
  return EXIT.ok;
}

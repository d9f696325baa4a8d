// `rehearse verify`: stub
import type { CliIo } from "../cli-io.ts";
import type { ExitCode } from "../exit-codes.ts";
import { EXIT } from "../exit-codes.ts";

export type VerifyOptions = Readonly<{ json?: boolean }>;

export async function verify(_f: string, _o: VerifyOptions, _io: CliIo): Promise<ExitCode> {
  return EXIT.ok;
}

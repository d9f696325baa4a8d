// Where the package is installed, from source and from dist alike: the nearest folder above with a package.json.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Path of a file of the package, by its path from the package's root. */
export function packageFile(path: string): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("expected a package.json above this file, found none");
    folder = parent;
  }
  return join(folder, path);
}

/** The package's version: which code made a result, and so part of a run's facts. */
export function codeVersion(): string {
  const manifest = JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as {
    version: string;
  };
  return manifest.version;
}

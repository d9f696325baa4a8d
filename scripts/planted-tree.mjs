// A copy of what is built with one bug of test/mutants/*.json in it: patched as source, compiled alone, all else linked.

import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

const CODE = ["src", "sim", "strategies"];

/** The bugs there are, in the order of their files; `area` is the file's name. */
export function plantedBugs(root) {
  const folder = join(root, "test/mutants");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => {
      const area = name.slice(0, -".json".length);
      const bugs = JSON.parse(readFileSync(join(folder, name), "utf8"));
      return bugs.map((bug) => ({ area, ...bug }));
    });
}

/** A tree with its own build: whoever builds meanwhile changes nothing here. */
export function cleanTree(root, tree) {
  const sources = join(tree, "sources");
  mkdirSync(sources, { recursive: true });
  for (const name of ["package.json", "tsconfig.json", "tsconfig.build.json", ...CODE]) {
    cpSync(join(root, name), join(sources, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(sources, "node_modules"));
  const options = ["-p", "tsconfig.build.json", "--noCheck", "--outDir", join(tree, "dist")];
  run(join(root, "node_modules/.bin/tsc"), options, sources);
  dress(root, tree);
}

/** The clean tree with a bug in it. */
export function plantedTree(root, clean, tree, { id, patches }) {
  const sources = join(tree, "sources");
  const files = new Map();
  for (const { file, find, replace } of patches) {
    const text = files.get(file) ?? readFileSync(join(clean, "sources", file), "utf8");
    const parts = text.split(find);
    if (parts.length !== 2) throw new Error(`${id}: expected its text once in ${file}`);
    files.set(file, parts.join(replace));
  }
  mkdirSync(sources, { recursive: true });
  dress(root, tree);
  cpSync(join(root, "package.json"), join(sources, "package.json"));
  for (const [file, text] of files) {
    mkdirSync(join(sources, dirname(file)), { recursive: true });
    writeFileSync(join(sources, file), text);
  }
  run("cp", ["-al", join(clean, "dist"), join(tree, "dist")], root);
  // A hard link is the clean tree's own file: what is compiled anew takes its place, not its content.
  for (const file of files.keys()) rmSync(join(tree, "dist", file.replace(/\.ts$/, ".js")));
  const options = "--ignoreConfig --noCheck --noResolve --module nodenext --target es2023";
  const more = "--verbatimModuleSyntax --rewriteRelativeImportExtensions --rootDir .";
  const told = [...options.split(" "), ...more.split(" "), "--outDir", join(tree, "dist")];
  run(join(root, "node_modules/.bin/tsc"), [...told, ...files.keys()], sources);
}

function dress(root, tree) {
  cpSync(join(root, "package.json"), join(tree, "package.json"));
  for (const name of ["node_modules", "datasets", "examples"]) {
    symlinkSync(join(root, name), join(tree, name));
  }
}

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stdout}${stderr}`);
}

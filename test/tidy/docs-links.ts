// What a document points at must be there: the target of every relative link, its anchor, and every file or folder of
// ours that is named in backticks. Text in fences is an example and is left alone, as is every path that is not ours.

import { posix } from "node:path";

/** A document: its path from the repository's root, with forward slashes, and its text. */
export type Document = Readonly<{ path: string; text: string }>;

/** What there is to point at: paths from the root, folders without their last slash. */
export type Tree = Readonly<{ files: ReadonlySet<string>; folders: ReadonlySet<string> }>;

/** The tree of a list of files. */
export function treeOf(files: readonly string[]): Tree {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = posix.dirname(file); folder !== "."; folder = posix.dirname(folder)) {
      folders.add(folder);
    }
  }
  return { files: new Set(files), folders };
}

/** One sentence for each thing a document points at that is not there. */
export function brokenReferences(documents: readonly Document[], tree: Tree): readonly string[] {
  const anchors = new Map(documents.map(({ path, text }) => [path, anchorsOf(text)]));
  return documents.flatMap(({ path, text }) => {
    const prose = withoutFences(text);
    const broken = [
      ...linksOf(prose).filter((link) => !linkHolds(path, link, tree, anchors)),
      ...spansOf(prose)
        .flatMap((span) => span.split(/\s+/))
        .filter((word) => !wordHolds(word, tree)),
    ];
    return broken.map((target) => `${path} points at ${target}, which is not there`);
  });
}

function withoutFences(text: string): string {
  return text.replace(/^ *```[\s\S]*?^ *```/gm, "");
}

function linksOf(prose: string): readonly string[] {
  const unquoted = prose.replace(/`[^`\n]*`/g, "");
  return [...unquoted.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] as string)
    .filter((target) => !/^[a-z]+:/i.test(target));
}

function linkHolds(
  from: string,
  link: string,
  tree: Tree,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  const [target = "", anchor] = link.split("#");
  const path = target === "" ? from : posix.join(posix.dirname(from), target).replace(/\/$/, "");
  if (!tree.files.has(path) && !tree.folders.has(path)) return false;
  return anchor === undefined || (anchors.get(path)?.has(anchor) ?? true);
}

/** Anchors as the usual renderers make them of headings: lower case, hyphens for blanks, no punctuation. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = withoutFences(text).matchAll(/^#+ +(.+)$/gm);
  return new Set(
    [...headings].map((match) =>
      (match[1] as string)
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(" ", "-"),
    ),
  );
}

function spansOf(prose: string): readonly string[] {
  return [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] as string);
}

/** Only what begins with a folder of ours, or is the bare name of a TypeScript file, claims to be there. */
function wordHolds(word: string, tree: Tree): boolean {
  const path = word.replace(/[.,;:]+$/, "").replace(/\/$/, "");
  if (/^[\w.-]+\.ts$/.test(path)) {
    return [...tree.files].some((file) => posix.basename(file) === path);
  }
  const [top = ""] = path.split("/");
  if (top === path || !tree.folders.has(top)) return true;
  // Of a pattern, the folder that holds what it stands for.
  const plain = /[*{<…]/.test(path) ? posix.dirname(path.replace(/[*{<…].*$/, "x")) : path;
  return tree.files.has(plain) || tree.folders.has(plain);
}

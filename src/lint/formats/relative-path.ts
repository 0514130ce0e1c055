/** A path as it is written: below the root relative to it, otherwise as it is. */
export function relativePath(path: string, root: string | undefined): string {
  const below = root === undefined ? undefined : belowRoot(path, root.endsWith('/') ? root : `${root}/`)
  const shorter = below ?? path
  return shorter.startsWith('./') ? shorter.slice(2) : shorter
}

function belowRoot(path: string, folder: string): string | undefined {
  return path.startsWith(folder) && path.length > folder.length ? path.slice(folder.length) : undefined
}

/** A path as a URI reference: `file:///…` for an absolute one, otherwise relative. */
export function fileUri(path: string): string {
  if (path.startsWith('/')) return `file://${encodePath(path)}`
  return isDrivePath(path) ? `file:///${path.slice(0, 2)}${encodePath(path.slice(2))}` : encodePath(path)
}

export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') || isDrivePath(path)
}

/** `C:/policies` */
function isDrivePath(path: string): boolean {
  const letter = path.charAt(0).toLowerCase()
  return letter >= 'a' && letter <= 'z' && path.startsWith(':/', 1)
}

function encodePath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/')
}

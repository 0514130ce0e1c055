/** A key as a URL's path has it: everything encoded but slashes. */
export function encodePath(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/')
}

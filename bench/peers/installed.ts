import { readFileSync } from 'node:fs'

/** The version of a package as installed in this folder. */
export function installedVersion(name: string): string {
  const { version } = JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')) as { version: string }
  return version
}

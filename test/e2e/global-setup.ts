import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import './ground.js'
import { type Ceph, startCeph } from './services/ceph.js'
import { makeCertificate } from './services/tls.js'

/** Starts, once for all test files, what takes long: the gateway. Proxies start in an instant, and every test file wants its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['GRANTREE_E2E_DIRECTORY']
  const directory = given ?? mkdtempSync(join(tmpdir(), 'grantree-e2e-'))
  let ceph: Ceph | undefined
  const teardown = async (): Promise<void> => {
    await ceph?.stop()
    rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  }
  try {
    const started = Date.now()
    const cephDirectory = join(directory, 'ceph')
    mkdirSync(cephDirectory)
    const tls = await makeCertificate(directory)
    ceph = await startCeph(cephDirectory)
    process.stderr.write(`the gateway was up after ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
    const { url, port, owner, conf } = ceph
    project.provide('ground', { directory, ceph: { url, port, owner, conf }, tls })
    return teardown
  } catch (error) {
    await teardown()
    throw error
  }
}

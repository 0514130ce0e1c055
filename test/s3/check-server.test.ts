import { describe, expect, test } from 'vitest'
import { planRequest } from '../../src/s3/planning/plan-request.js'
import { checkServer } from '../../src/s3/server/check-server.js'
import { servers } from '../../src/s3/server/servers.js'
import type { S3Body } from '../../src/xml/body.js'
import { facts, type Headers, route } from './ask.js'

type Name = keyof typeof servers

const deletes = (key: string): S3Body => ({ kind: 'delete', quiet: false, objects: [{ key: 'a' }, { key }] })

function checked(name: Name, line: string, headers?: Headers, body?: S3Body): string {
  const request = route(line, headers)
  if (request.kind === 'error') throw new Error(`${line} is ${request.code}`)
  const plan = planRequest(request, facts, body)
  if (plan.kind === 'error') throw new Error(`${line} is ${plan.code}`)
  const error = checkServer(request, plan, servers[name])
  return error === undefined ? 'the same' : `${error.status} ${error.code}`
}

describe('a sub-resource that the server overlooks', () => {
  test.each<[name: Name, line: string]>([
    ['ceph', 'GET /b/k?annotation&annotationName=x'],
    ['ceph', 'PUT /b/k?annotation&annotationName=x'],
    ['ceph', 'DELETE /b/k?annotation&annotationName=x'],
    ['ceph', 'PUT /b/k?encryption'],
    ['ceph', 'POST /b/k?restore'],
    ['ceph', 'GET /b?analytics&id=1'],
    ['ceph', 'DELETE /b?analytics&id=1'],
    ['ceph', 'DELETE /b?ownershipControls'],
    ['ceph', 'DELETE /b?encryption'],
    ['ceph', 'POST /b?metadataTable'],
    ['minio', 'DELETE /b/k?annotation&annotationName=x'],
    ['minio', 'DELETE /b?metadataConfiguration'],
    ['seaweedfs', 'DELETE /b?analytics&id=1'],
    ['seaweedfs', 'POST /b/k?restore'],
  ])('%s: %s', (name, line) => {
    expect(checked(name, line)).toBe('501 NotImplemented')
  })

  test.each<[name: Name, line: string]>([
    ['ceph', 'GET /b/k?acl'],
    ['ceph', 'PUT /b?policy'],
    ['ceph', 'POST /b/k?uploads'],
    ['ceph', 'DELETE /b/k?uploadId=u'],
    ['ceph', 'GET /b'],
    ['ceph', 'GET /b?versions'],
    ['ceph', 'GET /'],
    ['ceph', 'OPTIONS /b/k?annotation'],
    ['minio', 'GET /b?encryption'],
    ['minio', 'POST /b/k?restore'],
    ['seaweedfs', 'DELETE /b?ownershipControls'],
  ])('%s knows %s', (name, line) => {
    expect(checked(name, line)).toBe('the same')
  })
})

describe('a header in the query', () => {
  test.each<[line: string, answer: string]>([
    ['PUT /b/k?x-amz-acl=private', '501 NotImplemented'],
    ['PUT /b/k?X-Amz-Server-Side-Encryption=AES256', '501 NotImplemented'],
    ['PUT /b/k?x-amz-copy-source=c/d', '501 NotImplemented'],
    ['PUT /b/k?x-amz-tagging=a', '501 NotImplemented'],
    ['PUT /b/k?x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32&x-id=PutObject', 'the same'],
    ['PUT /b/k?x-amz-meta-a=b', 'the same'],
  ])('%s: %s', (line, answer) => {
    for (const name of ['ceph', 'minio', 'seaweedfs'] as const) expect(checked(name, line)).toBe(answer)
  })
})

describe('a key that is cleaned', () => {
  test.each([
    ['a', 'the same'],
    ['a/b', 'the same'],
    ['a/', 'the same'],
    ['a..b/.c', 'the same'],
    ['%2Fa', '400 InvalidArgument'],
    ['a//b', '400 InvalidArgument'],
    ['a//', '400 InvalidArgument'],
    ['a/../b', '400 InvalidArgument'],
    ['a/.', '400 InvalidArgument'],
    ['a%5Cb', '400 InvalidArgument'],
  ])('%s: %s', (key, answer) => {
    for (const name of ['minio', 'seaweedfs'] as const) {
      expect(checked(name, `GET /b/${key}`)).toBe(answer)
      expect(checked(name, 'PUT /b/k', { 'x-amz-copy-source': `c/${key}` })).toBe(answer)
      expect(checked(name, 'POST /b?delete', {}, deletes(decodeURIComponent(key)))).toBe(answer)
    }
    expect(checked('ceph', `GET /b/${key}`)).toBe('the same')
  })
})

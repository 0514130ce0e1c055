import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readRecording, recordingNames } from './read-recording.js'

const clients = ['aws-sdk', 'awscli', 'boto3', 's3cmd', 'rclone', 'curl']
const work = ['make-bucket', 'put', 'get', 'head', 'list', 'copy', 'delete', 'delete-many']

test('every client is recorded at all its work', () => {
  expect(recordingNames()).toEqual(expect.arrayContaining(clients.flatMap((client) => work.map((what) => `${client}-${what}`))))
})

describe.each(recordingNames())('%s', (name) => {
  const requests = readRecording(name)

  test('has requests, whole but for the ends of long bodies', () => {
    expect(requests.length).toBeGreaterThan(0)
    for (const { body, bodyBytes, bodySha256, http } of requests) {
      expect(body.length).toBe(Math.min(bodyBytes, 64 << 10))
      if (body.length === bodyBytes) expect(createHash('sha256').update(body).digest('hex')).toBe(bodySha256)
      if (!http.headers.has('transfer-encoding')) expect(Number(http.headers.get('content-length') ?? 0)).toBe(bodyBytes)
      expect(http.headers.get('host')).toMatch(/^(127\.0\.0\.1|(recorded\.)?localhost):\d+$/)
    }
  })

  test('is signed with its key, at its time', () => {
    for (const { http, time, accessKey, region, body } of requests) {
      if (name === 's3cmd-signed-v2') expect(http.target).toContain(`AWSAccessKeyId=${accessKey}`)
      else if (name !== 'curl-anonymous-get') {
        const said = [http.headers.get('authorization'), decodeURIComponent(http.target), Buffer.from(body).toString('latin1')].join('\n')
        const scope = new RegExp(`${accessKey}/(\\d{8})/${region}/s3/aws4_request`).exec(said)
        expect(scope?.[1]).toBe(new Date(time).toISOString().slice(0, 10).replaceAll('-', ''))
      }
    }
  })
})

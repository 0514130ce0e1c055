import { describe, expect, test } from 'vitest'
import { routeRequest } from '../../src/s3/routing/route-request.js'
import { type Headers, http, route, routed } from './ask.js'

const virtual = { host: 'photos.s3.example.com' }
const website = { host: 'photos.s3-website.example.com' }

describe('bucket and key', () => {
  test.each<{ target: string; headers?: Headers; bucket?: string; key?: string; operation: string }>([
    { target: '/', operation: 'ListBuckets' },
    { target: '/photos', bucket: 'photos', operation: 'ListObjects' },
    { target: '/photos/', bucket: 'photos', operation: 'ListObjects' },
    { target: '/photos//', bucket: 'photos', key: '/', operation: 'GetObject' },
    { target: '/photos/a.jpg', bucket: 'photos', key: 'a.jpg', operation: 'GetObject' },
    { target: '/photos/a/', bucket: 'photos', key: 'a/', operation: 'GetObject' },
    { target: '/photos/a//b', bucket: 'photos', key: 'a//b', operation: 'GetObject' },
    { target: '/photos/../b', bucket: 'photos', key: '../b', operation: 'GetObject' },
    { target: '/photos/%2e%2e/b', bucket: 'photos', key: '../b', operation: 'GetObject' },
    { target: '/photos/.', bucket: 'photos', key: '.', operation: 'GetObject' },
    { target: '/photos/a%2Fb', bucket: 'photos', key: 'a/b', operation: 'GetObject' },
    { target: '/photos/%2F', bucket: 'photos', key: '/', operation: 'GetObject' },
    { target: '/photos/a+b%20c', bucket: 'photos', key: 'a+b c', operation: 'GetObject' },
    { target: '/photos/a%252Fb', bucket: 'photos', key: 'a%2Fb', operation: 'GetObject' },
    { target: '/photos/%C3%A9%0A', bucket: 'photos', key: 'é\n', operation: 'GetObject' },
    { target: '/photos/%F0%9F%98%80', bucket: 'photos', key: '😀', operation: 'GetObject' },
    { target: '/photos/a%3Fb%23c', bucket: 'photos', key: 'a?b#c', operation: 'GetObject' },
    { target: '/photos/a?', bucket: 'photos', key: 'a', operation: 'GetObject' },
    { target: '/photos?', bucket: 'photos', operation: 'ListObjects' },
    { target: '/%70hotos/a', bucket: 'photos', key: 'a', operation: 'GetObject' },
    { target: '/photos/acl', bucket: 'photos', key: 'acl', operation: 'GetObject' },
    // The host names the bucket.
    { target: '/', headers: virtual, bucket: 'photos', operation: 'ListObjects' },
    { target: '/a.jpg', headers: virtual, bucket: 'photos', key: 'a.jpg', operation: 'GetObject' },
    { target: '//', headers: virtual, bucket: 'photos', key: '/', operation: 'GetObject' },
    { target: '/photos/a.jpg', headers: virtual, bucket: 'photos', key: 'photos/a.jpg', operation: 'GetObject' },
    { target: '/a', headers: { host: 'PHOTOS.S3.Example.COM:8443' }, bucket: 'photos', key: 'a', operation: 'GetObject' },
    { target: '/a', headers: { host: 'a.b.s3.example.com' }, bucket: 'a.b', key: 'a', operation: 'GetObject' },
    { target: '/a', headers: { host: 'b.example.org' }, bucket: 'b', key: 'a', operation: 'GetObject' },
    { target: '/photos/a', headers: { host: 'S3.example.com:80' }, bucket: 'photos', key: 'a', operation: 'GetObject' },
    { target: '/photos/a', headers: { host: '[::1]:9000' }, bucket: 'photos', key: 'a', operation: 'GetObject' },
    { target: '/photos/a', headers: { host: '[2001:db8::7]' }, bucket: 'photos', key: 'a', operation: 'GetObject' },
    { target: '/photos/a', headers: { host: '127.0.0.1:9000' }, bucket: 'photos', key: 'a', operation: 'GetObject' },
    // Websites show a page for a folder.
    { target: '/a.html', headers: website, bucket: 'photos', key: 'a.html', operation: 'WebsiteGetOrHead' },
    { target: '/', headers: website, bucket: 'photos', key: 'index.html', operation: 'WebsiteGetOrHead' },
    { target: '/a/', headers: website, bucket: 'photos', key: 'a/index.html', operation: 'WebsiteGetOrHead' },
    { target: '/a.html?utm=1', headers: website, bucket: 'photos', key: 'a.html', operation: 'WebsiteGetOrHead' },
  ])('GET $target at $headers.host: $operation $bucket $key', ({ target, headers, bucket, key, operation }) => {
    expect(route(`GET ${target}`, headers)).toMatchObject({ kind: 'request', operation: { name: operation }, bucket, key })
  })

  test('the longest domain counts', () => {
    const given = http('GET /a', { host: 'b.s3.example.com' })
    expect(routeRequest(given, { baseDomains: ['example.com', 's3.example.com'] })).toMatchObject({ bucket: 'b', key: 'a' })
    expect(routeRequest(given, { baseDomains: ['EXAMPLE.com'] })).toMatchObject({ bucket: 'b.s3', key: 'a' })
    expect(routeRequest(given)).toMatchObject({ bucket: 'a' })
  })

  test('a website may have another index', () => {
    const given = http('GET /a/', { host: 'b.web.example.com' })
    expect(routeRequest(given, { websiteDomains: ['web.example.com'], indexDocument: 'home' })).toMatchObject({
      key: 'a/home',
      isWebsite: true,
    })
    expect(routeRequest(given, { websiteDomains: ['web.example.com'], indexDocument: '' })).toMatchObject({ key: 'a/index.html' })
  })

  test('a key has at most 1,024 bytes', () => {
    for (const [letter, bytes] of [
      ['a', 1],
      ['%C3%A9', 2],
      ['%E2%82%AC', 3],
      ['%F0%9F%98%80', 4],
    ] as const) {
      const most = Math.floor(1024 / bytes)
      expect(routed(`GET /b/${letter.repeat(most)}`)).toBe('GetObject')
      expect(routed(`GET /b/${letter.repeat(most + 1)}`)).toBe('400 KeyTooLongError')
    }
  })
})

describe('what is refused', () => {
  test.each<[line: string, headers: Headers | undefined, answer: string]>([
    ['GET //x', undefined, '400 InvalidBucketName'],
    ['GET //', undefined, '400 InvalidBucketName'],
    ['GET /a%2Fb/c', undefined, '400 InvalidBucketName'],
    ['GET /%2F', undefined, '400 InvalidBucketName'],
    ['GET /../b/c', undefined, '400 InvalidBucketName'],
    ['GET /./b', undefined, '400 InvalidBucketName'],
    ['GET /a%00b/c', undefined, '400 InvalidBucketName'],
    ['GET /a%20b', undefined, '400 InvalidBucketName'],
    ['GET /b/a%00', undefined, '400 InvalidURI'],
    ['GET /b/%', undefined, '400 InvalidURI'],
    ['GET /b/%4', undefined, '400 InvalidURI'],
    ['GET /b/%GG', undefined, '400 InvalidURI'],
    ['GET /b/%FF', undefined, '400 InvalidURI'],
    ['GET /b/%C0%AF', undefined, '400 InvalidURI'],
    ['GET /b/%ED%A0%80', undefined, '400 InvalidURI'],
    ['GET /%FF/a', undefined, '400 InvalidURI'],
    ['GET /b/é', undefined, '400 InvalidURI'],
    ['GET /b/a b', undefined, '400 InvalidURI'],
    ['GET /b/a#b', undefined, '400 InvalidURI'],
    ['GET /b/a\\b', undefined, '400 InvalidURI'],
    ['GET /b/a?versionId=%FF', undefined, '400 InvalidURI'],
    ['GET /b/a?%', undefined, '400 InvalidURI'],
    // Not in origin form.
    ['GET ', undefined, '400 InvalidURI'],
    ['GET *', undefined, '400 InvalidURI'],
    ['GET b/a', undefined, '400 InvalidURI'],
    ['GET http://s3.example.com/b/a', undefined, '400 InvalidURI'],
    ['GET ?acl', undefined, '400 InvalidURI'],
    // Hosts.
    ['GET /b', { host: [] }, '400 InvalidRequest'],
    ['GET /b', { host: ['a', 'a'] }, '400 InvalidRequest'],
    ['GET /b', { host: '' }, '400 InvalidRequest'],
    ['GET /b', { host: 'a:80x' }, '400 InvalidRequest'],
    ['GET /b', { host: 'a/b' }, '400 InvalidRequest'],
    ['GET /b', { host: 'a@b' }, '400 InvalidRequest'],
    ['GET /b', { host: 'photos.s3.example.com.' }, '400 InvalidRequest'],
    ['GET /b', { host: '.s3.example.com' }, '400 InvalidRequest'],
    ['GET /b', { host: 'a..s3.example.com' }, '400 InvalidRequest'],
    ['GET /b', { host: '[::1' }, '400 InvalidRequest'],
    ['GET /b', { host: '[::1]x:80' }, '400 InvalidRequest'],
    ['GET /b', { host: 's3-website.example.com' }, '400 InvalidRequest'],
    // S3 takes the name of any other host for a bucket.
    ['GET /b/k', { host: 'xs3.example.com' }, '400 InvalidRequest'],
    ['GET /b/k', { host: 'localhost' }, '400 InvalidRequest'],
    ['GET /b/k', { host: 'secret:7480' }, '400 InvalidRequest'],
    ['GET /b/k', { host: '1.2.3.x' }, '400 InvalidRequest'],
    ['GET /', { host: 'secret' }, '400 InvalidRequest'],
    // Headers that make another request of it.
    ['PUT /b/k', { x_amz_copy_source: 'secret/x' }, '501 NotImplemented'],
    ['PUT /b/k', { 'x-amz_acl': 'public-read' }, '501 NotImplemented'],
    ['PUT /b/k', { if_match: '"e"' }, '501 NotImplemented'],
    ['PUT /b/k', { content_length: '0' }, '501 NotImplemented'],
    ['GET /b/k', { x_minio_extract: 'true' }, '501 NotImplemented'],
    ['DELETE /b/k', { 'x-minio-force-delete': 'true' }, '501 NotImplemented'],
    ['DELETE /b', { 'X-Minio-Force-Delete': 'false' }, '501 NotImplemented'],
    ['PUT /b/a.tar', { 'x-amz-meta-snowball-auto-extract': 'true' }, '501 NotImplemented'],
    ['GET /b/k', { 'x-amz-cache': 'x' }, '501 NotImplemented'],
    // Which one is not said, and some servers then do it to the object.
    ['DELETE /b/k?uploadId=', undefined, '400 InvalidArgument'],
    ['DELETE /b/k?uploadId', undefined, '400 InvalidArgument'],
    ['DELETE /b/k?uploadId=+', undefined, '400 InvalidArgument'],
    ['PUT /b/k?uploadId=&partNumber=1', undefined, '400 InvalidArgument'],
    ['POST /b/k?uploadId=', undefined, '400 InvalidArgument'],
    ['GET /b/k?versionId=', undefined, '400 InvalidArgument'],
    ['DELETE /b/k?versionId', undefined, '400 InvalidArgument'],
    ['DELETE /b/k?versionId=%20v', undefined, '400 InvalidArgument'],
    ['DELETE /b/k?versionId=v%09', undefined, '400 InvalidArgument'],
    ['GET /b/k?acl&versionId=', undefined, '400 InvalidArgument'],
    ['DELETE /b/k?uploadId=a%0Ab', undefined, '400 InvalidArgument'],
    ['PUT /b/k?uploadId=u&partNumber=', undefined, '400 InvalidArgument'],
    ['PUT /b/k?uploadId=u&partNumber=x', undefined, '400 InvalidArgument'],
    ['PUT /b/k?uploadId=u&partNumber=0', undefined, '400 InvalidArgument'],
    ['PUT /b/k?uploadId=u&partNumber=10001', undefined, '400 InvalidArgument'],
    ['PUT /b/k?uploadId=u&partNumber=000001', undefined, '400 InvalidArgument'],
    ['GET /b/k?partNumber=-1', undefined, '400 InvalidArgument'],
    // A sub-resource that routers overlook.
    ['DELETE /b/k?tagging=%0A', undefined, '501 NotImplemented'],
    ['DELETE /b?policy=a%0D%0A', undefined, '501 NotImplemented'],
    // A parameter without a name hides no other.
    ['PUT /b/k?append&position=0&=', undefined, '501 NotImplemented'],
    ['GET /b?mdsearch&=x', undefined, '501 NotImplemented'],
    ['GET /b?=', undefined, '501 NotImplemented'],
    // Parameters in which another server finds a sub-resource.
    ['GET /b/k?x-a;acl', undefined, '400 InvalidURI'],
    ['GET /b/k?x-a=1;versionId=2', undefined, '400 InvalidURI'],
    ['GET /b?prefix=a;policy', undefined, '400 InvalidURI'],
    [`OPTIONS /b/a?acl=${'a'.repeat(16_400)}`, undefined, '400 InvalidURI'],
    // Methods.
    ['POST /b/a', undefined, '405 MethodNotAllowed'],
    ['PATCH /b/a', undefined, '405 MethodNotAllowed'],
    ['get /b/a', undefined, '405 MethodNotAllowed'],
    ['PUT /', undefined, '405 MethodNotAllowed'],
    ['GET /?acl', undefined, '405 MethodNotAllowed'],
    ['HEAD /b/a?acl', undefined, '405 MethodNotAllowed'],
    ['GET /b/a?lifecycle', undefined, '405 MethodNotAllowed'],
    ['DELETE /b?acl', undefined, '405 MethodNotAllowed'],
    ['PUT /b/a?uploads', undefined, '405 MethodNotAllowed'],
    ['PUT /a', website, '405 MethodNotAllowed'],
    ['GET /a?acl', website, '405 MethodNotAllowed'],
    ['GET /a?versionId=1', website, '400 InvalidArgument'],
    ['POST /b', undefined, '412 PreconditionFailed'],
    ['POST /b', { 'content-type': 'application/x-www-form-urlencoded' }, '412 PreconditionFailed'],
    // Parameters.
    ['GET /b/a?bogus', undefined, '501 NotImplemented'],
    ['GET /b?ACL', undefined, '501 NotImplemented'],
    ['GET /b?acl&bogus=1', undefined, '501 NotImplemented'],
    ['GET /b/a?versionid=1', undefined, '501 NotImplemented'],
    ['GET /b/a?x-amz-bogus=1', undefined, '501 NotImplemented'],
    ['GET /b/a?X-Amz-Bogus=1', undefined, '501 NotImplemented'],
    ['OPTIONS /b/a?bogus', undefined, '501 NotImplemented'],
    ['GET /b?acl&policy', undefined, '400 InvalidArgument'],
    ['GET /b?acl&acl', undefined, '400 InvalidArgument'],
    ['GET /b/a?versionId=1&versionId=1', undefined, '400 InvalidArgument'],
    ['GET /b?prefix=a&prefix=b', undefined, '400 InvalidArgument'],
    ['PUT /b/a?versionId=1', undefined, '400 InvalidArgument'],
    ['PUT /b/a?uploadId=1', undefined, '400 InvalidArgument'],
    ['PUT /b/a?partNumber=1', undefined, '400 InvalidArgument'],
    ['GET /b?list-type=1', undefined, '400 InvalidArgument'],
    ['GET /b?list-type=2&list-type=2', undefined, '400 InvalidArgument'],
    ['GET /b?list-type=2&marker=a', undefined, '400 InvalidArgument'],
    ['GET /b?acl&list-type=2', undefined, '400 InvalidArgument'],
    ['HEAD /b?prefix=a', undefined, '400 InvalidArgument'],
    ['POST /b/a?select', undefined, '400 InvalidArgument'],
    ['POST /b/a?select&select-type=1', undefined, '400 InvalidArgument'],
    ['GET /b/a?x-amz-acl=private', undefined, '400 InvalidArgument'],
    ['PUT /b/a?x-amz-acl=private&X-Amz-ACL=private', undefined, '400 InvalidArgument'],
    ['PUT /b/a?x-amz-acl=private', { 'x-amz-acl': 'public-read' }, '400 InvalidArgument'],
    ['PUT /b/a', { 'x-amz-acl': ['private', 'private'] }, '400 InvalidArgument'],
    ['PUT /b/a?x-amz-meta-a=1', { 'x-amz-meta-a': ['1', '1'] }, '400 InvalidArgument'],
    ['GET /b/a', { referer: ['a', 'b'] }, '400 InvalidArgument'],
    // Never done here.
    ['GET /b?session', undefined, '501 NotImplemented'],
    ['GET /?max-directory-buckets=1', undefined, '501 NotImplemented'],
    ['GET /', { host: 's3express-control.us-east-1.amazonaws.com' }, '501 NotImplemented'],
    ['GET /k', { host: 'b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com' }, '501 NotImplemented'],
    ['PUT /b/a?renameObject', undefined, '501 NotImplemented'],
    ['POST /WriteGetObjectResponse', undefined, '501 NotImplemented'],
  ])('%s at %j: %s', (line, headers, answer) => {
    expect(routed(line, headers)).toBe(answer)
  })

  test('two sub-resources are named as S3 names them', () => {
    expect(route('GET /b?acl&policy')).toMatchObject({
      message: 'Conflicting query string parameters: acl, policy',
      detail: { ArgumentName: 'ResourceType', ArgumentValue: 'acl' },
    })
  })
})

describe('operations', () => {
  test.each<[line: string, headers: Headers | undefined, operation: string]>([
    ['GET /b?list-type=2', undefined, 'ListObjectsV2'],
    ['GET /b?list-type=2&prefix=a&fetch-owner=true', undefined, 'ListObjectsV2'],
    ['GET /b?acl', undefined, 'GetBucketAcl'],
    ['GET /b?acl=', undefined, 'GetBucketAcl'],
    ['GET /b?acl=x', undefined, 'GetBucketAcl'],
    ['GET /b?&acl&', undefined, 'GetBucketAcl'],
    ['GET /b?%61cl', undefined, 'GetBucketAcl'],
    ['GET /b/a?acl&versionId=1', undefined, 'GetObjectAcl'],
    ['GET /b?analytics', undefined, 'ListBucketAnalyticsConfigurations'],
    ['GET /b?analytics&id=1', undefined, 'GetBucketAnalyticsConfiguration'],
    ['GET /b?lifecycle', undefined, 'GetBucketLifecycleConfiguration'],
    ['PUT /b?notification', undefined, 'PutBucketNotificationConfiguration'],
    ['GET /b/a?annotation', undefined, 'ListObjectAnnotations'],
    ['GET /b/a?annotation&annotationName=n', undefined, 'GetObjectAnnotation'],
    ['PUT /b/a?partNumber=1&uploadId=u', undefined, 'UploadPart'],
    ['PUT /b/a?partNumber=1&uploadId=u', { 'x-amz-copy-source': '/c/d' }, 'UploadPartCopy'],
    ['PUT /b/a', { 'x-amz-copy-source': '/c/d' }, 'CopyObject'],
    ['GET /b?prefix=a%3Bpolicy', undefined, 'ListObjects'],
    ['GET /b/a;b', undefined, 'GetObject'],
    ['PUT /b/a?x-amz-copy-source=/c/d', undefined, 'CopyObject'],
    ['PUT /b/a?X-AMZ-Copy-Source=%2Fc%2Fd', undefined, 'CopyObject'],
    ['PUT /b/a?acl', { 'x-amz-copy-source': '/c/d' }, 'PutObjectAcl'],
    ['PUT /b/a?x-amz-acl=private', { 'x-amz-acl': 'private' }, 'PutObject'],
    ['PUT /b/a?x-amz-meta-a=1&x-amz-meta-b=2', undefined, 'PutObject'],
    ['GET /b/a?x-id=GetObject', undefined, 'GetObject'],
    ['GET /b/a?x-id=GetObject&x-id=b&X-Note=c', undefined, 'GetObject'],
    ['GET /b/a?X-Amz-Algorithm=a&X-Amz-Credential=c&X-Amz-Signature=s&X-Amz-Content-Sha256=h', undefined, 'GetObject'],
    ['GET /b/a?x-amz-signature=s', undefined, 'GetObject'],
    ['GET /b/a?AWSAccessKeyId=a&Signature=s&Expires=1', undefined, 'GetObject'],
    ['OPTIONS /b', undefined, 'OptionsObject'],
    ['OPTIONS /b/a?partNumber=1&uploadId=u&acl&policy', undefined, 'OptionsObject'],
    ['POST /', { ...virtual, 'content-type': 'Multipart/Form-Data; boundary=x' }, 'PostObject'],
    ['POST /WriteGetObjectResponse', { ...virtual, 'content-type': 'multipart/form-data' }, '405 MethodNotAllowed'],
    ['HEAD /a.html', website, 'WebsiteGetOrHead'],
    ['GET /b/a', { 'x-unheard-of': ['1', '2'] }, 'GetObject'],
  ])('%s at %j: %s', (line, headers, operation) => {
    expect(routed(line, headers)).toBe(operation)
  })
})

test('an error repeats only what is short and plain', () => {
  expect(route('GET /b?bogus')).toMatchObject({ detail: { Parameter: 'bogus' } })
  for (const name of ['a'.repeat(65), '%01', '%C3%A9', '%3Cb%3E%0A']) expect(route(`GET /b?${name}`)).not.toHaveProperty('detail')
  expect(route(`${'X'.repeat(1000)} /b`)).not.toHaveProperty('detail')
})

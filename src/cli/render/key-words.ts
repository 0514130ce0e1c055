/** What a condition key is in words, as the answer to "it depends on"; families end in a slash. */
const words: readonly (readonly [name: string, words: string])[] = [
  ['aws:SourceIp', 'the address that the request comes from'],
  ['aws:VpcSourceIp', 'the address in its private network that the request comes from'],
  ['aws:SourceVpc', 'the private network that the request comes from'],
  ['aws:SourceVpce', 'the private endpoint that the request comes through'],
  ['aws:SecureTransport', 'whether the request comes over TLS'],
  ['s3:TlsVersion', 'the version of TLS that the client and the server agree on'],
  ['aws:referer', 'the page that the client says it comes from'],
  ['aws:UserAgent', 'what the client calls itself'],
  ['aws:RequestedRegion', 'the region that the request is sent to'],
  ['aws:PrincipalOrgID', "the organization of the access key's account"],
  ['aws:PrincipalOrgPaths', "where the access key's account is in its organization"],
  ['aws:PrincipalTag/', 'the tags of whoever holds the access key'],
  ['aws:ResourceOrgID', "the organization of the bucket's account"],
  ['aws:ResourceOrgPaths', "where the bucket's account is in its organization"],
  ['aws:ResourceTag/', 'the tags of the bucket at that time'],
  ['s3:BucketTag/', 'the tags of the bucket at that time'],
  ['s3:ExistingObjectTag/', 'the tags that the object has at that time'],
  ['s3:RequestObjectTag/', 'the tags that the upload brings along'],
  ['s3:RequestObjectTagKeys', 'the tags that the upload brings along'],
  ['s3:if-match', 'whether the client sends If-Match, and with what'],
  ['s3:if-none-match', 'whether the client sends If-None-Match, and with what'],
  ['s3:object-lock-remaining-retention-days', 'how long the object is to be kept'],
]

/** @param name in the catalogue's spelling */
export function wordsOfKey(name: string): string {
  const family = name.slice(0, name.indexOf('/') + 1)
  return words.find(([known]) => known === name || known === family)?.[1] ?? 'known only where the request is decided'
}

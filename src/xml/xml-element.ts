export const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance'

/** An element, its prefixes resolved. */
export interface XmlElement {
  /** Without prefix. */
  readonly name: string
  /** Empty if there is none. */
  readonly namespace: string
  /** `xsi:type`, the only attribute that S3's documents have. */
  readonly type?: string
  readonly elements: readonly XmlElement[]
  /** All text and CDATA directly in it, references decoded, white space kept. */
  readonly text: string
}

/** How much of a form is read. */
export interface FormLimits {
  /** Names and values of all fields together. S3: 20 KB. */
  readonly maxFieldBytes: number
  readonly maxFields: number
  /** All that comes before the file, headers and boundaries included. */
  readonly maxBytesBeforeFile: number
  /** Header lines of one part, and their bytes. */
  readonly maxHeaderLines: number
  readonly maxHeaderBytes: number
  /** Parts after the file, which count for nothing. */
  readonly maxPartsAfterFile: number
  /** What may follow the form's end: RFC 2046 allows an epilogue, nobody sends more than a line end. */
  readonly maxEpilogueBytes: number
  /** S3: 5 GB in one upload. */
  readonly maxFileBytes: number
}

/** Source of the 20 KB and 5 GB: Amazon S3 User Guide, "Creating an HTML form (using AWS Signature Version 4)" and "Uploading objects". */
export const formLimits: FormLimits = {
  maxFieldBytes: 20 * 1024,
  maxFields: 100,
  maxBytesBeforeFile: 128 * 1024,
  maxHeaderLines: 16,
  maxHeaderBytes: 4096,
  maxPartsAfterFile: 10,
  maxEpilogueBytes: 1024,
  maxFileBytes: 5 * 1024 ** 3,
}

/** A POST form up to its file. What comes after the file is ignored, as S3 does. */
export interface FormOf<File> {
  readonly kind: 'form'
  /** Names in lower case: S3 ignores their case. */
  readonly fields: ReadonlyMap<string, string>
  readonly file: File
}

export interface FilePart {
  /** What `${filename}` in a key stands for: the client's name for the file, without directories. */
  readonly name?: string
  readonly contentType?: string
}

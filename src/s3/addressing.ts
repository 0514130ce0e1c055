/** How hosts name buckets. */
export interface Addressing {
  /**
   * Hosts of the service without port, such as `s3.example.com`: what stands before one of them in `Host` is a bucket
   * (`photos.s3.example.com`). The domains themselves and addresses are path style. Any other host is refused: S3 and Ceph's gateway take its
   * whole name for a bucket. Give the same domains that the server behind has. Without any, every host is path style.
   */
  readonly baseDomains?: readonly string[]
  /** Hosts of the website endpoint, such as `s3-website.example.com`. */
  readonly websiteDomains?: readonly string[]
  /** What the website endpoint shows for a path that ends in a slash. Default: `index.html`. */
  readonly indexDocument?: string
}

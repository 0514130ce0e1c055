import { bucketOperations } from './bucket.js'
import { bucketConfigurationOperations } from './bucket-configuration.js'
import { objectOperations } from './object.js'
import type { OperationRow } from './operation-row.js'
import { serviceOperations } from './service.js'
import { uploadOperations } from './upload.js'

/** The operations of S3, deprecated twins included. */
export const operations: readonly OperationRow[] = [
  ...serviceOperations,
  ...bucketOperations,
  ...bucketConfigurationOperations,
  ...objectOperations,
  ...uploadOperations,
]

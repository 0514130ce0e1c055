/** Longer lists are not compared each with each: a policy that S3 stores hardly has room for one, and others must not take forever. */
export const LONGEST_LIST = 1000

export interface DebianPackage {
  readonly name: string
  /** A file that is there once the package is installed. */
  readonly file: string
}

/** What the tests start or call, from Debian 12. Programs are called by these paths: a shell's PATH may hold others of the same name. */
export const debianPackages: readonly DebianPackage[] = [
  { name: 'ceph-mon', file: '/usr/bin/ceph-mon' },
  { name: 'ceph-osd', file: '/usr/bin/ceph-osd' },
  { name: 'ceph-common', file: '/usr/bin/ceph' },
  { name: 'radosgw', file: '/usr/bin/radosgw' },
  { name: 'nginx', file: '/usr/sbin/nginx' },
  { name: 'caddy', file: '/usr/bin/caddy' },
  { name: 'awscli', file: '/usr/bin/aws' },
  { name: 'python3-boto3', file: '/usr/lib/python3/dist-packages/boto3/__init__.py' },
  { name: 's3cmd', file: '/usr/bin/s3cmd' },
  { name: 'rclone', file: '/usr/bin/rclone' },
  { name: 'curl', file: '/usr/bin/curl' },
  { name: 'openssl', file: '/usr/bin/openssl' },
  { name: 'wrk', file: '/usr/bin/wrk' },
  { name: 'util-linux', file: '/usr/bin/setpriv' },
]

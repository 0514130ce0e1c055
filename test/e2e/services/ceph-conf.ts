import { randomBytes } from 'node:crypto'

export interface CephConf {
  readonly directory: string
  readonly fsid: string
  readonly monPort: number
  readonly gatewayPort: number
}

/** The configuration of a Ceph of one monitor, one object store in memory and one S3 gateway, on loopback, all below one directory. */
export function cephConf({ directory, fsid, monPort, gatewayPort }: CephConf): string {
  return `[global]
fsid = ${fsid}
mon initial members = a
mon host = [v2:127.0.0.1:${monPort}]
ms bind msgr1 = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
keyring = ${directory}/keyring
auth allow insecure global id reclaim = false
run dir = ${directory}
admin socket = ${directory}/$name.$pid.asok
log file = ${directory}/$name.log
log to stderr = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd crush chooseleaf type = 0

[mon]
mon data = ${directory}/mon
mon allow pool size one = true
mon cluster log file = ${directory}/cluster.log

[osd]
osd data = ${directory}/osd
osd objectstore = memstore
memstore device bytes = 4294967296

[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${gatewayPort} tcp_nodelay=1
rgw thread pool size = 64
rgw dns name = localhost
rgw trust forwarded https = true
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = testkey-1=${randomBytes(32).toString('base64')}
`
}

// The forward-auth server that is timed, as its users would run it: built, in a process of its own, set up by a file.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { Authorizer } from 'grantree'
import { forwardAuth } from 'grantree/adapters'

const [file, socket] = process.argv.slice(2)
const { snapshot, keys } = JSON.parse(readFileSync(file, 'utf8'))
const secretOf = new Map(keys.map(({ accessKey, secretKey }) => [accessKey, [secretKey]]))
const secrets = { secretsFor: (accessKey) => secretOf.get(accessKey) ?? [] }
const answer = forwardAuth({ proxy: 'nginx', server: 'ceph', trustedProxies: ['unix'], authorizer: Authorizer.from(snapshot), secrets })
createServer(answer).listen(socket)
// An ordinary end, so that Node writes down what --cpu-prof has seen.
process.on('SIGTERM', () => process.exit())

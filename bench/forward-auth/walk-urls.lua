-- wrk asks for the targets of a file, one a line, in order and over again; each thread starts somewhere else.
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set('number', threads)
end

function init(arguments)
  requests = {}
  for target in io.lines(arguments[1]) do requests[#requests + 1] = wrk.format('GET', target) end
  math.randomseed(os.time() * 31 + number)
  at = math.random(#requests)
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"refused":%d,"failed":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, errors.status, failed, latency:percentile(50), latency:percentile(99)))
end

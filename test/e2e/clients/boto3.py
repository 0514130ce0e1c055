"""Does one thing with boto3. Reads a job from standard input, {"client", "config", "call", "params", "body_file"?, "presign"?}, and prints
{"ok", "status"?, "code"?, "body"? (base64), "result"?} on standard output."""

import base64
import json
import socket
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

resolve = socket.getaddrinfo


def resolve_localhost(host, *args, **kwargs):
    """Buckets below localhost are on this machine too, which not every resolver knows."""
    return resolve("127.0.0.1" if str(host).endswith(".localhost") else host, *args, **kwargs)


socket.getaddrinfo = resolve_localhost

job = json.load(sys.stdin)
client = boto3.client("s3", config=Config(**job["config"]), **job["client"])
params = job["params"]

try:
    if job.get("presign"):
        answer = {"ok": True, "result": client.generate_presigned_url(job["call"], Params=params, ExpiresIn=300)}
    elif job.get("presign_post"):
        answer = {"ok": True, "result": client.generate_presigned_post(**params)}
    elif job["call"] == "upload_file":
        client.upload_file(job["body_file"], params["Bucket"], params["Key"])
        answer = {"ok": True}
    else:
        if "body_file" in job:
            params["Body"] = open(job["body_file"], "rb")
        result = getattr(client, job["call"])(**params)
        answer = {"ok": True, "status": result["ResponseMetadata"]["HTTPStatusCode"]}
        if "Body" in result:
            answer["body"] = base64.b64encode(result.pop("Body").read()).decode()
        answer["result"] = result
except ClientError as error:
    response = error.response
    answer = {"ok": False, "code": response["Error"]["Code"], "message": str(error)}
    if "ResponseMetadata" in response:
        answer["status"] = response["ResponseMetadata"]["HTTPStatusCode"]
except (BotoCoreError, boto3.exceptions.Boto3Error) as error:
    answer = {"ok": False, "message": f"{type(error).__name__}: {error}"}

print(json.dumps(answer, default=str))

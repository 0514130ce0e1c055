package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/minio/pkg/v3/policy"
	"github.com/minio/pkg/v3/policy/condition"
)

// request is grantree's own form of a request, as far as the workloads use it.
type request struct {
	Principal struct {
		Kind      string `json:"kind"`
		Arn       string `json:"arn,omitempty"`
		AccessKey string `json:"accessKey,omitempty"`
	} `json:"principal"`
	Action  string            `json:"action"`
	Bucket  string            `json:"bucket"`
	Key     string            `json:"key,omitempty"`
	Context map[string]string `json:"context"`
}

type check struct {
	Request  request `json:"request"`
	Expected string  `json:"expected"`
}

// engine says whether a request is allowed.
type engine func(*request) bool

// load reads the bucket policy of the folder, or else its access keys.
func load(dir string) (engine, error) {
	if _, err := os.Stat(dir + "/policy.json"); errors.Is(err, fs.ErrNotExist) {
		return loadKeys(dir), nil
	}
	bucketPolicy, err := loadPolicy(dir)
	if err != nil {
		return nil, err
	}
	return func(request *request) bool {
		return bucketPolicy.IsAllowed(policy.BucketPolicyArgs{
			AccountName:     request.Principal.Arn,
			Action:          policy.Action(request.Action),
			BucketName:      request.Bucket,
			ObjectName:      request.Key,
			ConditionValues: conditionValues(request),
		})
	}, nil
}

// loadPolicy does what policy.ParseBucketPolicyConfig does but for the search for duplicates, which compares every statement with every
// other: for the policy of 20,000 it takes more than a minute.
func loadPolicy(dir string) (policy.BucketPolicy, error) {
	var document struct {
		Version   string
		Statement []policy.BPStatement
	}
	read(dir+"/policy.json", &document)
	bucketPolicy := policy.BucketPolicy{Version: document.Version, Statements: document.Statement}
	return bucketPolicy, bucketPolicy.Validate("big")
}

// conditionValues has the keys without their prefixes, as MinIO's server passes them.
func conditionValues(request *request) map[string][]string {
	values := make(map[string][]string, len(request.Context))
	for key, value := range request.Context {
		values[key[strings.IndexByte(key, ':')+1:]] = []string{value}
	}
	return values
}

type keyRow struct {
	AccessKey string `json:"accessKey"`
	Grants    []struct {
		Bucket     string `json:"bucket"`
		Permission string `json:"permission"`
	} `json:"grants"`
}

// loadKeys gives every key an identity policy of its own, found in a map as in MinIO's server. The keys share the sets of actions: to
// parse as many policies from JSON takes more than a minute.
func loadKeys(dir string) engine {
	var rows []keyRow
	var permissions map[string][]string
	read(dir+"/keys.json", &rows)
	read(dir+"/permissions.json", &permissions)
	actions := make(map[string]policy.ActionSet)
	for permission, names := range permissions {
		actions[permission] = knownActions(names)
	}
	policies := make(map[string]*policy.Policy, len(rows))
	for _, row := range rows {
		policies[row.AccessKey] = keyPolicy(row, actions)
	}
	return func(request *request) bool {
		keyPolicy, known := policies[request.Principal.AccessKey]
		return known && keyPolicy.IsAllowed(policy.Args{
			AccountName:     request.Principal.AccessKey,
			Action:          policy.Action(request.Action),
			BucketName:      request.Bucket,
			ObjectName:      request.Key,
			ConditionValues: conditionValues(request),
		})
	}
}

func keyPolicy(row keyRow, actions map[string]policy.ActionSet) *policy.Policy {
	statements := make([]policy.Statement, 0, len(row.Grants))
	for _, grant := range row.Grants {
		resources := policy.NewResourceSet(policy.NewResource(grant.Bucket), policy.NewResource(grant.Bucket+"/*"))
		statements = append(statements, policy.NewStatement("", policy.Allow, actions[grant.Permission], resources, condition.NewFunctions()))
	}
	return &policy.Policy{Version: policy.DefaultVersion, Statements: statements}
}

// knownActions leaves out what MinIO has no name for, such as the object ACLs: it refuses a policy that says it.
func knownActions(names []string) policy.ActionSet {
	set := make(policy.ActionSet)
	for _, name := range names {
		if action := policy.Action(name); action.IsValid() {
			set[action] = struct{}{}
		}
	}
	return set
}

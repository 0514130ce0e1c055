use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityId, EntityTypeName, EntityUid, PolicySet, RestrictedExpression,
};
use serde::Deserialize;
use std::{collections::HashMap, error::Error, fs};

/// grantree's own form of a request, as far as the workloads use it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    principal: Principal,
    action: String,
    bucket: String,
    key: Option<String>,
    context: HashMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Principal {
    Anonymous,
    Aws { arn: String },
    Key { access_key: String },
}

/// Policies and entities as the folder has them: `policies.cedar`, and `entities.json` with all access keys.
pub struct Engine {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    types: Types,
}

struct Types {
    action: EntityTypeName,
    anonymous: EntityTypeName,
    bucket: EntityTypeName,
    key: EntityTypeName,
    object: EntityTypeName,
    user: EntityTypeName,
}

impl Engine {
    pub fn load(dir: &str) -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            authorizer: Authorizer::new(),
            policies: fs::read_to_string(format!("{dir}/policies.cedar"))?.parse()?,
            entities: Entities::from_json_str(&fs::read_to_string(format!("{dir}/entities.json"))?, None)?,
            types: Types {
                action: "Action".parse()?,
                anonymous: "Anonymous".parse()?,
                bucket: "Bucket".parse()?,
                key: "Key".parse()?,
                object: "Object".parse()?,
                user: "User".parse()?,
            },
        })
    }

    /// Whether the request is allowed. A policy that ends in an error is one too: Cedar itself would skip it.
    pub fn decide(&self, request: &Request) -> Result<bool, Box<dyn Error>> {
        let types = &self.types;
        let principal = match &request.principal {
            Principal::Anonymous => uid(&types.anonymous, ""),
            Principal::Aws { arn } => uid(&types.user, arn),
            Principal::Key { access_key } => uid(&types.key, access_key),
        };
        let action = uid(&types.action, &request.action);
        let asked = match &request.principal {
            // Grants are about buckets.
            Principal::Key { .. } => {
                cedar_policy::Request::new(principal, action, uid(&types.bucket, &request.bucket), Context::empty(), None)?
            }
            _ => {
                let arn = request.arn();
                cedar_policy::Request::new(principal, action, uid(&types.object, &arn), context(request, arn)?, None)?
            }
        };
        let response = self.authorizer.is_authorized(&asked, &self.policies, &self.entities);
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(error.to_string().into());
        }
        Ok(response.decision() == Decision::Allow)
    }
}

impl Request {
    fn arn(&self) -> String {
        match &self.key {
            Some(key) => format!("arn:aws:s3:::{}/{key}", self.bucket),
            None => format!("arn:aws:s3:::{}", self.bucket),
        }
    }
}

fn uid(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}

fn context(request: &Request, arn: String) -> Result<Context, Box<dyn Error>> {
    let mut pairs = vec![("arn".to_owned(), RestrictedExpression::new_string(arn))];
    let value = |key: &str| request.context.get(key);
    if let Some(address) = value("aws:SourceIp") {
        pairs.push(("sourceIp".to_owned(), RestrictedExpression::new_ip(address)));
    }
    if let Some(prefix) = value("s3:prefix") {
        pairs.push(("prefix".to_owned(), RestrictedExpression::new_string(prefix.clone())));
    }
    if let Some(secure) = value("aws:SecureTransport") {
        pairs.push(("secureTransport".to_owned(), RestrictedExpression::new_bool(secure == "true")));
    }
    Ok(Context::from_pairs(pairs)?)
}

//! JSON Schemas of the files, generated from the types. The copies in `schemas/` are kept in step by a test.

use super::Manifest;
use crate::file::{District, Plan, Policy};
use schemars::{Schema, schema_for};

/// Names that [`schema`] knows.
pub const SCHEMAS: [&str; 4] = ["district", "policy", "plan", "manifest"];

/// The schema of one file as indented JSON, or `None` for an unknown name.
pub fn schema(name: &str) -> Option<String> {
    let schema: Schema = match name {
        "district" => schema_for!(District),
        "policy" => schema_for!(Policy),
        "plan" => schema_for!(Plan),
        "manifest" => schema_for!(Manifest),
        _ => return None,
    };
    String::from_utf8(super::manifest::pretty(&schema)).ok()
}
